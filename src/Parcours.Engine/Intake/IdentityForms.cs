using System.Text;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Intake;

/// <summary>How identities are written, so that equal ones are equal (Semantics 4.3).</summary>
public static class IdentityForms
{
    const int LengthMax = 512;

    /// <summary>The normalised identity; null when the value cannot be one (no address, no number, empty, too long).</summary>
    public static Identity? Normalise(Identity identity)
    {
        var value = identity.Value.Trim();
        if (value.Length is 0 or > LengthMax)
            return null;
        return identity.Kind switch
        {
            IdentityKind.Email => Email(value) is { } email ? identity with { Value = email } : null,
            IdentityKind.Phone => Phone(value) is { } phone ? identity with { Value = phone } : null,
            // User and anonymous ids are exact text.
            _ => identity,
        };
    }

    /// <summary>Trimmed, NFC, lower case; no plus or dot tricks. Null when it is none by <see cref="EmailAddress"/>.</summary>
    public static string? Email(string value)
    {
        var text = value.Trim();
        return EmailAddress.IsOne(text) ? text.Normalize(NormalizationForm.FormC).ToLowerInvariant() : null;
    }

    /// <summary>E.164 with its plus: 7 to 15 digits; spaces, dots, hyphens and parentheses are dropped, a leading 00 is a plus. Null without a country code.</summary>
    public static string? Phone(string value)
    {
        var digits = new StringBuilder(16);
        var text = value.Trim();
        var international = text.StartsWith('+') || text.StartsWith("00", StringComparison.Ordinal);
        foreach (var character in text.StartsWith("00", StringComparison.Ordinal) ? text[2..] : text)
        {
            if (char.IsAsciiDigit(character))
                digits.Append(character);
            else if (character is not ('+' or ' ' or '.' or '-' or '(' or ')' or '/' or '\u00A0'))
                return null;
        }

        return international && digits.Length is >= 7 and <= 15 && digits[0] != '0' ? "+" + digits : null;
    }
}
