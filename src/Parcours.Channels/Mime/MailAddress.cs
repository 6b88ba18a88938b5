using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Parcours.Channels.Mime;

/// <summary>An address as it goes over the wire: its domain in ASCII, its local part raw.</summary>
/// <param name="Text">Local part, @, domain.</param>
/// <param name="NeedsUtf8">The local part is not ASCII: only a server with SMTPUTF8 can take it (RFC 6531), and the header has it raw (RFC 6532).</param>
public readonly record struct MailAddress(string Text, bool NeedsUtf8)
{
    /// <summary>RFC 5321 section 4.5.3.1, in octets.</summary>
    const int AddressMax = 254, LocalMax = 64;

    static readonly IdnMapping Idn = new() { AllowUnassigned = true };
    static readonly SearchValues<char> PlainDomain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");
    static readonly SearchValues<char> OfLiterals = SearchValues.Create("abcdefABCDEFIPv0123456789.:-");
    static readonly SearchValues<char> NeverUnquoted = SearchValues.Create(" \"(),:;<>@[\\]");

    /// <summary>The domain, in ASCII.</summary>
    public ReadOnlySpan<char> Domain => Text.AsSpan(Text.LastIndexOf('@') + 1);

    /// <summary>False for what cannot stand in an envelope: no domain, a space, a line end, an angle bracket, too long.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MailAddress address)
    {
        address = default;
        if (text is null || text.LastIndexOf('@') is var at && (at <= 0 || at == text.Length - 1) || !IsLocal(text.AsSpan(0, at)) || AsciiDomain(text, at + 1) is not { } domain)
            return false;
        var local = text.AsSpan(0, at);
        var whole = domain.Length == text.Length - at - 1 && text.AsSpan(at + 1).SequenceEqual(domain) ? text : string.Concat(local, "@", domain);
        address = new MailAddress(whole, !Ascii.IsValid(local));
        return Encoding.UTF8.GetByteCount(local) <= LocalMax && Encoding.UTF8.GetByteCount(whole) <= AddressMax;
    }

    // Lenient where servers are: two dots in a row exist. What would end the command, or read as another address, never passes.
    static bool IsLocal(ReadOnlySpan<char> local)
    {
        foreach (var c in local)
            if (char.IsControl(c))
                return false;
        if (!IsWellFormed(local))
            return false;
        if (local is not ['"', .. var quoted, '"'])
            return local.IndexOfAny(NeverUnquoted) < 0;
        for (var index = 0; index < quoted.Length; index++)
            if (quoted[index] == '"' || quoted[index] == '\\' && ++index == quoted.Length)
                return false;
        return true;
    }

    static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (; !text.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var used) != OperationStatus.Done)
                return false;
            text = text[used..];
        }
        return true;
    }

    static string? AsciiDomain(string text, int start)
    {
        var domain = text.AsSpan(start);
        if (domain is ['[', .. var literal, ']'])
            return literal.Length > 0 && literal.IndexOfAnyExcept(OfLiterals) < 0 ? domain.ToString() : null;
        if (domain.IndexOfAnyExcept(PlainDomain) < 0)
            return domain[0] != '.' && domain[^1] != '.' && domain.IndexOf("..") < 0 ? domain.ToString() : null;
        try
        {
            var ascii = Idn.GetAscii(text, start);
            return ascii.AsSpan().IndexOfAnyExcept(PlainDomain) < 0 ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
