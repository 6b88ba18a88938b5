using System.Runtime.CompilerServices;
using System.Text;
using NodaTime.Text;
using Parcours.Imports;
using Parcours.Journeys.Contacts;

namespace Parcours.Contacts;

/// <summary>Contacts as a CSV file that spreadsheets open and an import takes back: one row each, sent while they are looked through.</summary>
/// <remarks>Two passes: the first finds out which properties and consents there are, since they are the columns; neither holds more than a page of contacts.</remarks>
sealed class ContactCsv(ContactFinder finder)
{
    public const int PropertiesMax = 2_000;
    const int PageLength = 500, CharactersAtOnce = 32_768;

    /// <summary>Writes everybody who is wanted, newest first.</summary>
    public async Task WriteAsync(ContactWish wish, char delimiter, Stream to, CancellationToken cancellationToken)
    {
        // A condition that reads each contact's events is asked once: whoever it leaves out adds a column at most.
        var columns = await ColumnsAsync(wish.Judge is { IsSlow: true } ? wish with { Judge = null } : wish, cancellationToken);
        var rows = new StringWriter();
        // Without its mark spreadsheets take UTF-8 for something else.
        rows.Write('\ufeff');
        CsvLine.Write(rows, delimiter, columns.Header);
        await foreach (var contact in FindAsync(wish, cancellationToken))
        {
            CsvLine.Write(rows, delimiter, columns.Row(contact));
            if (rows.GetStringBuilder().Length >= CharactersAtOnce)
                await SendAsync();
        }

        await SendAsync();

        // Who reads slowly is waited for: nothing gathers here.
        async ValueTask SendAsync()
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(rows.ToString()), cancellationToken);
            rows.GetStringBuilder().Clear();
        }
    }

    async Task<Columns> ColumnsAsync(ContactWish wish, CancellationToken cancellationToken)
    {
        var (properties, consents) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<(string Channel, string Topic)>());
        await foreach (var contact in FindAsync(wish, cancellationToken))
        {
            foreach (var (name, held) in contact.Properties)
                if (!held.Value.IsNone && properties.Count < PropertiesMax)
                    properties.Add(name);
            foreach (var (key, _) in contact.Consents)
                consents.Add(key);
        }

        // As identities they have their columns already.
        properties.ExceptWith(["email", "phone"]);
        return new([.. properties], [.. consents]);
    }

    async IAsyncEnumerable<Contact> FindAsync(ContactWish wish, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? before = null;
        do
        {
            var page = await finder.FindAsync(wish, before, PageLength, TimeSpan.MaxValue, cancellationToken);
            foreach (var contact in page.Contacts)
                yield return contact;
            before = page.Next;
        }
        while (before is not null);
    }

    sealed record Columns(IReadOnlyList<string> Properties, IReadOnlyList<(string Channel, string Topic)> Consents)
    {
        public string[] Header =>
        [
            "id", "userId", "email", "phone", "anonymousId", "createdAt", "lastSeenAt", "tags", "lists",
            .. Consents.Select(consent => $"consent:{consent.Channel}/{consent.Topic}"), .. Properties.Select(CsvLine.Harmless),
        ];

        public string[] Row(Contact contact) =>
        [
            contact.Id.Value.ToString(), .. Identities(contact), Time(contact.CreatedAt), Time(contact.LastSeenAt), Names(contact.Tags), Names(contact.Lists),
            .. Consents.Select(key => contact.Consents.TryGetValue(key, out var consent) ? Word(consent.Value) : ""),
            .. Properties.Select(name => contact.Properties.TryGetValue(name, out var held) ? Cell(held.Value) : ""),
        ];

        static IEnumerable<string> Identities(Contact contact) => new[] { IdentityKind.UserId, IdentityKind.Email, IdentityKind.Phone, IdentityKind.AnonymousId }
            .Select(kind => CsvLine.Harmless(contact.Identities.Where(identity => identity.Kind == kind).Select(identity => identity.Value).FirstOrDefault("")));

        static string Names(SmallDictionary<string, Timed<bool>> names) => CsvLine.Harmless(Together(names.Where(name => name.Value.Value).Select(name => name.Key).Order(StringComparer.Ordinal)));
        static string Together(IEnumerable<string> names) => string.Join("; ", names);
        static string Time(NodaTime.Instant? at) => at is { } instant ? InstantPattern.ExtendedIso.Format(instant) : "";

        static string Word(ConsentState consent) => consent switch
        {
            ConsentState.Given => "yes",
            ConsentState.Refused => "no",
            _ => "unknown",
        };

        static string Cell(Value value) => value.Kind switch
        {
            ValueKind.Texts => CsvLine.Harmless(Together(value.AsTexts)),
            ValueKind.Text => CsvLine.Harmless(value.AsText),
            _ => value.ToString(),
        };
    }
}
