using System.Globalization;
using System.Text;

namespace Parcours.Engine.Intake;

/// <summary>The one rule by which a text is an e-mail address: at intake, in imports, wherever somebody is named by one.</summary>
/// <remarks>
/// A mailbox of RFC 5321 as mail providers give them out: a dot-atom before the @ (RFC 5322, 3.2.3; letters of any script, RFC 6531), a domain name after it (letters, digits and hyphens;
/// any script by IDNA). Not taken, though the standards know them: quoted local parts, address literals such as <c>[192.0.2.1]</c>, comments and folded white space, and what is obsolete.
/// A domain of one label (<c>root@intranet</c>) is taken. Whether the domain exists, and the mailbox, is not asked.
/// </remarks>
public static class EmailAddress
{
    // RFC 5321, 4.5.3.1: octets.
    const int LocalBytesMax = 64, DomainLengthMax = 253, LabelLengthMax = 63, BytesMax = 254;
    static readonly System.Buffers.SearchValues<char> Atom = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");
    static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    public static bool IsOne(string text) => Problem(text) is null;

    /// <summary>What is wrong with it, as a sentence; null: it is one.</summary>
    /// <param name="text">Without white space around it.</param>
    public static string? Problem(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.LastIndexOf('@');
        if (at < 0)
            return "It has no @.";
        if (Encoding.UTF8.GetByteCount(text) > BytesMax)
            return $"It is longer than {BytesMax} bytes.";
        return LocalProblem(text.AsSpan(0, at)) ?? DomainProblem(text.AsSpan(at + 1));
    }

    static string? LocalProblem(ReadOnlySpan<char> local)
    {
        if (local.IsEmpty)
            return "There is nothing before the @.";
        if (Encoding.UTF8.GetByteCount(local) > LocalBytesMax)
            return $"What is before the @ is longer than {LocalBytesMax} bytes.";
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..", StringComparison.Ordinal) >= 0)
            return "A dot before the @ must stand between two other characters.";
        var odd = local.IndexOfAnyExcept(Atom);
        if (odd < 0)
            return null;
        if (local[0] == '"')
            return "Quoted names before the @ are not taken.";
        foreach (var rune in local[odd..].EnumerateRunes())
            if (rune.IsAscii ? !Atom.Contains((char)rune.Value) : rune == Rune.ReplacementChar || !IsWritten(rune))
                return rune.Value switch
                {
                    '@' => "It has more than one @.",
                    ' ' => "It has a space before the @.",
                    > ' ' and < 0x7F => $"'{rune}' cannot stand before the @.",
                    _ => $"The character U+{rune.Value:X4} cannot stand before the @.",
                };
        return null;
    }

    /// <summary>Letters, marks, digits, punctuation and symbols of any script; nothing invisible.</summary>
    static bool IsWritten(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    static string? DomainProblem(ReadOnlySpan<char> domain)
    {
        if (domain.IsEmpty)
            return "There is nothing after the @.";
        if (domain[0] == '[')
            return "An address in brackets after the @ is not taken; a domain name is.";
        if (!System.Text.Ascii.IsValid(domain))
        {
            if (AsciiForm(domain.ToString()) is not { } ascii)
                return "What is after the @ is no domain name.";
            return AsciiProblem(ascii);
        }

        return AsciiProblem(domain);
    }

    static string? AsciiForm(string domain)
    {
        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static string? AsciiProblem(ReadOnlySpan<char> domain)
    {
        if (domain.Length > DomainLengthMax)
            return $"The domain is longer than {DomainLengthMax} characters.";
        var onlyDigits = false;
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.IsEmpty)
                return "A dot after the @ must stand between two other characters.";
            if (label.Length > LabelLengthMax)
                return $"A part of the domain is longer than {LabelLengthMax} characters.";
            if (label[0] == '-' || label[^1] == '-')
                return "A part of the domain begins or ends with a hyphen.";
            onlyDigits = true;
            foreach (var character in label)
            {
                if (!char.IsAsciiLetterOrDigit(character) && character != '-')
                    return character == ' ' ? "It has a space after the @." : "A domain has letters, digits, hyphens and dots only.";
                onlyDigits &= char.IsAsciiDigit(character);
            }
        }

        return onlyDigits ? "What is after the @ ends in a number: it is no domain name." : null;
    }
}
