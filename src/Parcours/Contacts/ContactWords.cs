using System.Buffers;
using System.Text;
using Parcours.Journeys.Contacts;

namespace Parcours.Contacts;

/// <summary>What somebody types to find a contact: words with which its names begin (identities, first and last name, company).</summary>
sealed class ContactWords
{
    const int WordsMax = 8;
    static readonly string[] Naming = ["name", "firstname", "lastname", "givenname", "familyname", "fullname", "surname", "displayname", "company", "nickname"];
    static readonly char[] Between = [' ', ',', ';', '\t', '-', '.', '@', '_', '/', '\''];

    readonly string[] _words;
    readonly Needle[] _needles;

    ContactWords(string typed, string[] words) => (Typed, _words, _needles) = (typed, words, [.. words.Select(Needle.Of)]);

    /// <summary>All of it: it may be an identity.</summary>
    public string Typed { get; }

    /// <summary>Null: nothing was typed.</summary>
    public static ContactWords? Of(string? typed)
    {
        var words = (typed ?? "").Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? null : new(typed!.Trim(), [.. words.Take(WordsMax)]);
    }

    /// <summary>Whether the stored body may be of such a contact; cheap, and never wrong about a no.</summary>
    /// <remarks>Hot path: bench contacts. It looks for the letters of each word as bytes; reading a million bodies whole would take ten times as long.</remarks>
    public bool MayBeIn(ReadOnlySpan<byte> body)
    {
        foreach (var needle in _needles)
            if (!needle.IsIn(body))
                return false;
        return true;
    }

    /// <summary>Whether each word begins one of the contact's names.</summary>
    /// <param name="shows">Whether the asker may see the property or identity of that name; what one may not see is not found either (Semantics 11.4).</param>
    public bool Find(Contact contact, Func<string, bool> shows)
    {
        foreach (var word in _words)
            if (!Begins(contact, word, shows))
                return false;
        return true;
    }

    static bool Begins(Contact contact, string word, Func<string, bool> shows)
    {
        foreach (var identity in contact.Identities)
            if (shows(identity.Kind switch { IdentityKind.Email => "email", IdentityKind.Phone => "phone", _ => "" }) && BeginsIn(identity.Value, word))
                return true;
        foreach (var (name, held) in contact.Properties)
            if (held.Value.Kind == ValueKind.Text && IsName(name) && shows(name) && BeginsIn(held.Value.AsText, word))
                return true;
        return false;
    }

    static bool BeginsIn(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            if (at == 0 || Between.Contains(text[at - 1]))
                return true;
        return false;
    }

    /// <summary>Whether a property says what somebody is called, however it is spelt.</summary>
    public static bool IsName(string property) => Naming.Contains(string.Concat(property.Where(char.IsAsciiLetter)).ToLowerInvariant());

    /// <summary>The longest run of ASCII in a word: letters beyond it have other bytes in the other case.</summary>
    sealed class Needle(byte[] lower, SearchValues<byte>? first)
    {
        public static Needle Of(string word)
        {
            var (best, run) = ("", new StringBuilder());
            foreach (var character in word + "\u0080")
            {
                if (char.IsAscii(character))
                {
                    run.Append(char.ToLowerInvariant(character));
                    continue;
                }

                if (run.Length > best.Length)
                    best = run.ToString();
                run.Clear();
            }

            var bytes = Encoding.ASCII.GetBytes(best);
            return new(bytes, bytes.Length == 0 ? null : SearchValues.Create([bytes[0], (byte)char.ToUpperInvariant((char)bytes[0])]));
        }

        public bool IsIn(ReadOnlySpan<byte> body)
        {
            if (first is null)
                return true;
            while (body.IndexOfAny(first) is >= 0 and var at)
            {
                body = body[at..];
                if (body.Length < lower.Length)
                    return false;
                if (Ascii.EqualsIgnoreCase(body[..lower.Length], lower))
                    return true;
                body = body[1..];
            }

            return false;
        }
    }
}
