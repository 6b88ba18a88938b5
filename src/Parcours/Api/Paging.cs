using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Parcours.Http;

namespace Parcours.Api;

/// <summary>One page of a list. There is no count of all: that would read all.</summary>
/// <param name="Next">Ask again with <c>after</c> = this for the next page; null on the last.</param>
sealed record Page<T>(IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>Which page is wanted.</summary>
sealed class PageQuery
{
    public const int LimitMax = 500;

    [FromQuery(Name = "limit"), Description("How many at most: 1 to 500, else 50.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "after"), Description("The `next` of the page before.")]
    public string? After { get; init; }

    public int Size => Limit switch
    {
        null => 50,
        >= 1 and <= LimitMax => Limit.Value,
        _ => throw new BadInputException(Problems.Invalid("page.limit", "limit", $"limit must be 1 to {LimitMax}.")),
    };

    /// <summary>What the cursor holds; null: from the beginning.</summary>
    public string? Key
    {
        get
        {
            if (string.IsNullOrEmpty(After))
                return null;
            var bytes = new byte[After.Length];
            return After.Length <= 1_000 && Base64Url.IsValid(After) && Base64Url.TryDecodeFromChars(After, bytes, out var length) && length > 0 ? Encoding.UTF8.GetString(bytes, 0, length) : throw Wrong();
        }
    }

    public long? Number => Key is not { } key ? null : long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong();

    /// <summary>Asked for one more than the page holds, and so knows whether there is a next.</summary>
    public Page<TView> Of<T, TView>(IReadOnlyList<T> found, Func<T, TView> view, Func<T, string> key) =>
        found.Count > Size ? new([.. found.Take(Size).Select(view)], Cursor(key(found[Size - 1]))) : new([.. found.Select(view)], null);

    public static string Cursor(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    public static BadInputException Wrong() => new(Problems.Invalid("page.cursor", "after", "This cursor is not one of ours; take `next` of the page before as it is."));
}
