using System.Globalization;

namespace Parcours.Imports;

/// <summary>Numbers as people and spreadsheets write them: with a point or a comma, with or without marks between thousands.</summary>
static class CellNumbers
{
    /// <param name="mark">The decimal mark to try first; what cannot be a number by it is tried by the other.</param>
    public static bool TryRead(string text, char mark, out decimal number) =>
        TryReadBy(text, mark, out number) || TryReadBy(text, mark == '.' ? ',' : '.', out number);

    /// <summary>By one decimal mark alone. Between thousands may stand the other mark, a space or an apostrophe, in groups of three.</summary>
    public static bool TryReadBy(string text, char mark, out decimal number)
    {
        number = 0;
        if (text.Length is 0 or > 64)
            return false;
        Span<char> plain = stackalloc char[text.Length];
        var (length, digits, sinceGroup, inFraction, grouped) = (0, 0, 0, false, false);
        char group = '\0';
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsAsciiDigit(character))
            {
                plain[length++] = character;
                digits++;
                sinceGroup++;
            }
            else if (index == 0 && character is '-' or '+' or '\u2212')
            {
                plain[length++] = character == '+' ? '+' : '-';
            }
            else if (character is 'e' or 'E' && digits > 0 && !grouped && index + 1 < text.Length)
            {
                text.AsSpan(index).CopyTo(plain[length..]);
                length += text.Length - index;
                break;
            }
            else if (character == mark && !inFraction && digits > 0 && (!grouped || sinceGroup == 3))
            {
                plain[length++] = '.';
                (inFraction, grouped) = (true, false);
            }
            else if (!inFraction && character != mark && character is '.' or ',' or ' ' or '\u00A0' or '\u202F' or '\'' or '’'
                && (group == '\0' ? digits is >= 1 and <= 3 : group == character && sinceGroup == 3))
            {
                (group, grouped, sinceGroup) = (character, true, 0);
            }
            else
            {
                return false;
            }
        }

        if (grouped && sinceGroup != 3)
            return false;
        return digits > 0 && decimal.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Whether a cell nobody declared a type for is a number and surely no code: no leading zero, no plus, no more digits than a number has.</summary>
    public static bool IsPlain(string text)
    {
        // Thousands set apart by spaces are surely a number only with a fraction after them; else they may be a telephone's.
        if (text.AsSpan().IndexOfAny(' ', '\u00A0', '\u202F') >= 0)
            return text.Length <= 20 && text[0] is not ('0' or '+') && text.AsSpan().ContainsAny('.', ',') && (TryReadBy(text, ',', out _) || TryReadBy(text, '.', out _));
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        if (digits.Length is 0 or > 15 || digits[0] == '0' && digits.Length > 1 && digits[1] is not ('.' or ','))
            return false;
        var mark = digits.IndexOfAny('.', ',');
        var whole = mark < 0 ? digits : digits[..mark];
        return whole.Length > 0 && !whole.ContainsAnyExceptInRange('0', '9') && (mark < 0 || mark + 1 < digits.Length && !digits[(mark + 1)..].ContainsAnyExceptInRange('0', '9'));
    }
}
