using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Parcours.Http;

namespace Parcours.Api;

/// <summary>What the caller has seen: <c>If-Match</c> with the <c>ETag</c> of a document.</summary>
/// <param name="Given">Whether the header was there.</param>
/// <param name="Revision">Null: any (<c>*</c>, or no header).</param>
readonly record struct Precondition(bool Given, long? Revision)
{
    /// <summary>For saving: without the header the document must be new; so nobody overwrites by accident what they never saw.</summary>
    public long? ForSaving => Given ? Revision : 0;

    public static Precondition Of(HttpRequest request)
    {
        var text = request.Headers.IfMatch.ToString().Trim();
        if (text.Length == 0)
            return new(false, null);
        if (text == "*")
            return new(true, null);
        return text is ['"', .. var number, '"'] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new(true, revision)
            // A tag that we never gave out matches nothing.
            : new(true, -1);
    }

    public static string Tag(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>The document is not, or not any more, what the caller saw.</summary>
    public ApiProblem Missed(long? revision) => revision is null && Given
        ? Problems.Of(412, "changed", "There is no such document (any more).")
        : Given
            ? Problems.Of(412, "changed", "Somebody else has changed this meanwhile. Get it again, and repeat your change on what is there now.") with { Revision = revision }
            : Problems.Of(428, "if-match-needed", "This exists already. To replace it, send If-Match with the ETag that you saw (or * for whatever is there).") with { Revision = revision };
}
