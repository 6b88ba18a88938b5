namespace Parcours.Imports;

/// <summary>Finds out what separates the fields of a file.</summary>
static class Delimiters
{
    // In the order of preference where nothing else decides: what is in names and numbers least often.
    static readonly char[] Usual = ['\t', ';', '|', ','];

    /// <summary><c>sep=;</c> on the first line, as Excel writes and reads it.</summary>
    public static (char Delimiter, int Length)? SaidIn(ReadOnlySpan<char> head)
    {
        if (!head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || head.Length < 6)
            return null;
        var length = head[5..] switch { ['\r', '\n', ..] => 7, ['\n', ..] or ['\r', ..] => 6, _ => 0 };
        return length == 0 ? null : (head[4], length);
    }

    /// <summary>The one that divides the first two records alike; else the one that divides the header most; else a comma.</summary>
    public static char FoundIn(ReadOnlySpan<char> head)
    {
        var (best, bestScore) = (',', 0);
        foreach (var candidate in Usual)
        {
            var first = CountIn(head, candidate, out var length);
            if (first == 0)
                continue;
            var rest = head[length..];
            var agrees = rest.IsEmpty || CountIn(rest, candidate, out _) == first;
            var score = first + (agrees ? 1_000_000 : 0);
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }

        return best;
    }

    static int CountIn(ReadOnlySpan<char> text, char delimiter, out int length)
    {
        var (count, quoted) = (0, false);
        for (length = 0; length < text.Length; length++)
        {
            var character = text[length];
            if (character == '"')
                quoted = !quoted;
            else if (!quoted && character is '\n' or '\r')
                break;
            else if (!quoted && character == delimiter)
                count++;
        }

        while (length < text.Length && text[length] is '\n' or '\r')
            length++;
        return count;
    }
}
