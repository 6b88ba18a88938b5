using System.Collections.Frozen;
using Parcours.Journeys.Contacts;

namespace Parcours.Imports;

/// <summary>Words in cells that stand for yes and no, and for consent given and refused: English, French and Italian.</summary>
static class CellWords
{
    static readonly FrozenSet<string>
        Yes = Words("yes y true t 1 x on oui vrai o sì si s vero v checked ✓"),
        No = Words("no n false f 0 off non faux falso -"),
        Given = Words("given granted subscribed confirmed active opted-in opt-in optin accepted abonné abonne inscrit actif accepté iscritto confermato attivo accettato"),
        Refused = Words("refused denied unsubscribed opted-out opt-out optout cleaned désabonné desabonne désinscrit refusé disiscritto annullato rifiutato cancellato"),
        Unknown = Words("unknown pending non-subscribed nonsubscribed never inconnu sconosciuto");

    static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool TryYesNo(string text, out bool yes)
    {
        yes = Yes.Contains(text);
        return yes || No.Contains(text);
    }

    public static bool TryConsent(string text, out ConsentState state)
    {
        var word = text.Replace(' ', '-').Replace('_', '-');
        state = Yes.Contains(word) || Given.Contains(word) ? ConsentState.Given : No.Contains(word) || Refused.Contains(word) ? ConsentState.Refused : ConsentState.Unknown;
        return state != ConsentState.Unknown || Unknown.Contains(word);
    }

    /// <summary>Several names in one cell, divided by commas, semicolons or bars; each may be in quotation marks, as Mailchimp writes tags.</summary>
    public static List<string> Names(string text)
    {
        var names = new List<string>();
        var from = 0;
        var quoted = false;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] == '"')
                quoted = !quoted;
            if (index < text.Length && (quoted || text[index] is not (',' or ';' or '|')))
                continue;
            var name = text[from..index].Trim().Trim('"').Trim();
            if (name.Length > 0 && !names.Contains(name))
                names.Add(name);
            from = index + 1;
        }

        return names;
    }
}
