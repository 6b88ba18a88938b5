using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Parcours.Imports;

/// <summary>Recognises columns by the names that Mailchimp, HubSpot and spreadsheets give them, in English, French and Italian.</summary>
static class HeaderNames
{
    static readonly FrozenDictionary<string, string> ForBoth = Table(
        ("userId", "user id|user|customer id|client id|external id|id utilisateur|id client|identifiant|id utente|id cliente|codice cliente"),
        ("anonymousId", "anonymous id|visitor id|id anonyme|id anonimo"),
        ("email", "email|e-mail|email address|e-mail address|mail|courriel|adresse email|adresse e-mail|adresse mail|adresse de courriel|adresse électronique|indirizzo email|indirizzo e-mail|posta elettronica"),
        ("phone", "phone|phone number|mobile|mobile phone|mobile phone number|mobile number|telephone|telephone number|cell phone|sms phone number|téléphone|téléphone portable|téléphone mobile|portable|numéro de téléphone|tél|tel|telefono|cellulare|numero di telefono|telefono cellulare"));

    static readonly FrozenDictionary<string, string> ForContacts = Table(
        ("timestamp", "timestamp"),
        ("tags", "tags|tag|étiquettes|etichette"),
        ("lists", "lists|listes|liste|elenchi"),
        ("first_name", "first name|fname|given name|prénom|nome"),
        ("last_name", "last name|lname|surname|family name|nom|nom de famille|cognome"),
        ("birthday", "birthday|date of birth|birth date|date de naissance|date naissance|né le|née le|anniversaire|data di nascita|data nascita|compleanno"),
        ("company", "company|company name|organization|entreprise|société|azienda|società"),
        ("street", "street|street address|address line 1|rue|indirizzo|via"),
        ("city", "city|town|ville|città"),
        ("postcode:text", "postcode|postal code|zip|zip code|code postal|cap|codice postale"),
        ("region", "region|state|state/region|province|région|provincia|regione"),
        ("country", "country|country/region|pays|paese|nazione"),
        ("gender", "gender|sex|sexe|genre|sesso|genere"),
        ("locale", "language|preferred language|langue|lingua"),
        ("timezone", "timezone|time zone|fuseau horaire|fuso orario"));

    static readonly FrozenDictionary<string, string> ForEvents = Table(
        ("event", "event|event name|event type|action|événement|type d'événement|evento|nome evento|tipo evento"),
        ("timestamp", "timestamp|time|date|datetime|date time|occurred at|created at|event time|event date|horodatage|date et heure|date de création|data|data e ora|data evento"),
        ("messageId", "message id|event id|id événement|id evento"));

    /// <summary>What a column of this name is; null: a property of its own name.</summary>
    public static string? Find(string header, ImportKind kind)
    {
        var loose = Loose(header);
        if (kind == ImportKind.Enrolments)
            return ForBoth.GetValueOrDefault(loose) is "userId" or "email" or "phone" or "anonymousId" ? ForBoth[loose] : null;
        return (kind == ImportKind.Contacts ? ForContacts : ForEvents).GetValueOrDefault(loose) ?? ForBoth.GetValueOrDefault(loose);
    }

    /// <summary>A bare <c>id</c> is whoever has it only where nothing else is.</summary>
    public static bool IsBareId(string header) => Loose(header) == "id";

    /// <summary>Without capitals, accents, and whatever is no letter or digit.</summary>
    public static string Loose(string name)
    {
        var loose = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormD))
            if (char.IsLetterOrDigit(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
                loose.Append(char.ToLowerInvariant(character));
        return loose.ToString();
    }

    /// <summary>Whether the name says that its values are codes, of which digits are letters: a postcode, the number of an invoice.</summary>
    public static bool IsCode(string header)
    {
        var words = Words(header);
        return words.Count > 0 && (CodeWords.Contains(words[^1]) || words[0] is "code" or "codice");
    }

    static readonly FrozenSet<string> CodeWords = FrozenSet.Create(
        "id", "no", "nr", "number", "numero", "code", "codice", "ref", "reference", "sku", "zip", "postcode", "phone", "tel", "fax", "iban", "ean", "gtin", "siret", "siren", "piva", "vat", "key");

    static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var before = ' ';
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) || char.IsUpper(character) && char.IsLower(before))
                End();
            if (char.IsLetterOrDigit(character))
                word.Append(character);
            before = character;
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(Loose(word.ToString()));
            word.Clear();
        }
    }

    static FrozenDictionary<string, string> Table(params ReadOnlySpan<(string Target, string Names)> rows)
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (target, names) in rows)
            foreach (var name in names.Split('|'))
                table.TryAdd(Loose(name), target);
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
