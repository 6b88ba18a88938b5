using System.Globalization;

namespace Parcours.Channels.Smtp;

/// <summary>What a server said it can do, in its answer to EHLO.</summary>
/// <param name="SizeMax">The largest mail it takes, in bytes; 0: it did not say.</param>
/// <param name="Chunking">BDAT (RFC 3030): the content's length is said before it.</param>
public sealed record SmtpOffer(bool Pipelining, bool EightBit, bool Utf8, bool StartTls, bool AuthPlain, bool AuthLogin, bool Size, long SizeMax, bool Chunking = false)
{
    /// <summary>A server that knows HELO only.</summary>
    public static SmtpOffer None { get; } = new(false, false, false, false, false, false, false, 0);

    /// <param name="lines">The answer to EHLO, without the codes; the first line is the server's name.</param>
    internal static SmtpOffer Read(IEnumerable<string> lines)
    {
        var offer = None;
        foreach (var line in lines.Skip(1))
        {
            // Some old servers write "AUTH=LOGIN".
            var words = line.ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            offer = (words.Length == 0 ? "" : words[0]) switch
            {
                "PIPELINING" => offer with { Pipelining = true },
                "CHUNKING" => offer with { Chunking = true },
                "8BITMIME" => offer with { EightBit = true },
                "SMTPUTF8" => offer with { Utf8 = true },
                "STARTTLS" => offer with { StartTls = true },
                "AUTH" => offer with { AuthPlain = offer.AuthPlain || words.Contains("PLAIN"), AuthLogin = offer.AuthLogin || words.Contains("LOGIN") },
                "SIZE" => offer with { Size = true, SizeMax = words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var max) ? max : 0 },
                _ => offer,
            };
        }
        return offer;
    }
}
