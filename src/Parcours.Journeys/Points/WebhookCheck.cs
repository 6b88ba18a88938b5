using Parcours.Journeys.Definitions;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Where a webhook goes, and with which headers.</summary>
static class WebhookCheck
{
    const int UrlLengthMax = 2_000, HeadersMost = 20, HeaderLengthMax = 2_000;

    /// <summary>What the sender itself says.</summary>
    static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { "Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "Trailer", "TE", "Keep-Alive", "Proxy-Authorization", "webhook-id", "webhook-timestamp", "webhook-signature" };

    public static void Url(CheckContext check, string url, string data = "event")
    {
        if (url.Length > UrlLengthMax)
            check.Error(ProblemCodes.TextTooLong, "url", $"An address has at most {UrlLengthMax} characters.", ("max", $"{UrlLengthMax}"));
        if (FieldText.TryParse(url, data, out var problem) is not { } text)
        {
            check.Error(ProblemCodes.TextField, "url", problem!, ("text", url));
            return;
        }
        check.Uses(text);
        var braces = url.IndexOf("{{", StringComparison.Ordinal);
        var afterHost = url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? url.IndexOfAny(['/', '?', '#'], scheme + 3) : -1;
        if (!Uri.TryCreate(text.With("x"), UriKind.Absolute, out var read) || read.Scheme is not ("http" or "https") || read.UserInfo.Length > 0)
            check.Error(ProblemCodes.WebhookUrl, "url", "This is no address on the web; write https://crm.example.org/hook, without a name or password in it.");
        else if (braces >= 0 && (afterHost < 0 || braces < afterHost))
            // Nobody but the author says who is told.
            check.Error(ProblemCodes.WebhookUrl, "url", "The host is the author's to say: fields may stand in the path and the query.");
    }

    public static void Headers(CheckContext check, IReadOnlyList<WebhookHeader> headers, string data = "event")
    {
        if (headers.Count > HeadersMost)
            check.Error(ProblemCodes.WebhookHeader, "headers", $"At most {HeadersMost} headers.");
        for (var index = 0; index < headers.Count; index++)
        {
            var header = headers[index];
            if (header.Name.Length is 0 or > 100 || header.Name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && !"!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal)))
                check.Error(ProblemCodes.WebhookHeader, $"headers/{index}/name", "The name of a header has letters, digits and hyphens.");
            else if (Taken.Contains(header.Name))
                check.Error(ProblemCodes.WebhookHeader, $"headers/{index}/name", $"Parcours says {header.Name} itself; take it away.");
            if (header.Value is { } value)
            {
                if (value.Any(char.IsControl) || value.Length > HeaderLengthMax)
                    check.Error(ProblemCodes.WebhookHeader, $"headers/{index}/value", $"The value of a header is one line of at most {HeaderLengthMax} characters.");
                check.Fields(value, $"headers/{index}/value", data);
            }
            else if (header.Secret is null)
                check.Error(ProblemCodes.WebhookHeader, $"headers/{index}", "Say the header's value, or the stored secret that it carries.");
            if (header.Secret is { } secret)
                check.Secret(secret, $"headers/{index}/secret");
        }
        check.Unique(headers.Select((header, index) => (header.Name.ToLowerInvariant(), $"headers/{index}/name")));
    }
}
