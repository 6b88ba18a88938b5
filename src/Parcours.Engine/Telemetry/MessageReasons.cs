using Parcours.Engine.Ports;

namespace Parcours.Engine.Telemetry;

/// <summary>Why a message was not sent, in the few words that a label may have: what a server says holds addresses, and is never the same twice.</summary>
static class MessageReasons
{
    /// <param name="why">As it stands at the message: a word of ours, or a code of ours with a colon and what somebody else said.</param>
    public static string Of(string? why)
    {
        switch (why)
        {
            case null or "":
                return "none";
            case "refused" or "archived" or "expired" or "outside-window" or "exit" or "in-doubt" or "discarded" or "not begun" or "claim again":
                return why;
        }

        var colon = why.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "other" : why.AsSpan(0, colon) switch
        {
            "smtp" => Smtp(why.AsSpan(colon + 1).TrimStart()),
            "render" => "render",
            "address" => "address",
            "channel" => "channel",
            "webhook" => "webhook",
            _ => "other",
        };
    }

    /// <summary>By the first digit of the answer; without an answer it was the line.</summary>
    static string Smtp(ReadOnlySpan<char> said) =>
        said.Length < 3 || !char.IsAsciiDigit(said[1]) && said[1] != '.' ? "smtp-line" : said[0] switch
        {
            '4' => "smtp-4xx",
            '5' => "smtp-5xx",
            _ => "smtp-line",
        };

    public static string Of(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Sent => "sent",
        SendOutcome.Failed => "failed",
        SendOutcome.Skipped => "skipped",
        SendOutcome.InDoubt => "in_doubt",
        _ => "later",
    };
}
