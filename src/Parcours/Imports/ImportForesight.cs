using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Imports;

/// <summary>What the good rows of a file of contacts would do, looked at and not done. Who comes twice in a file is counted with each row.</summary>
/// <param name="Made">Rows of somebody whom nobody knows, nor a row before.</param>
/// <param name="Updated">Rows that would change somebody who is known.</param>
/// <param name="Unchanged">Rows that tell nothing new.</param>
public sealed record ImportForesight(long Made, long Updated, long Unchanged)
{
    const int RowsAtOnce = 500;

    /// <summary>Beyond so many new names in a file no more are remembered: then a row that comes again counts as new again.</summary>
    const int NamesMost = 1_000_000;

    [JsonIgnore]
    internal long Rows => Made + Updated + Unchanged;

    /// <param name="open">Opens the file that was checked.</param>
    /// <param name="progress">Told of how many good rows were looked at.</param>
    internal static async Task<ImportForesight> OfAsync(IEngine engine, ImportRecord record, CheckedFile file, Func<Stream> open, ImportCatalogue catalogue, DateTimeZone zone, Action<long> progress, CancellationToken cancellationToken)
    {
        using var table = CsvTable.Open(open(), record.Wishes);
        using var reader = ImportCheck.Reader(table, record.Kind, record.Wishes, file.Columns, catalogue, zone, sees: false);
        var (batch, look, seen) = (new RowBatch(), new Look(engine), new ImportForesight(0, 0, 0));
        while (true)
        {
            batch.Fill(table, reader, RowsAtOnce, record, 0);
            if (batch.Items.Count == 0)
                return seen;
            var (made, unchanged) = await look.AtAsync(batch.Items, cancellationToken);
            seen = new(seen.Made + made, seen.Updated + batch.Items.Count - made - unchanged, seen.Unchanged + unchanged);
            progress(seen.Rows);
        }
    }

    sealed class Look(IEngine engine)
    {
        readonly EntryMaker _maker = new();
        readonly HashSet<Identity> _new = [];
        readonly BurstResult _result = new();

        /// <summary>No journey hears of it: only the contacts are asked what would be different.</summary>
        readonly Catalogue _alone = engine.Current.With([]);

        public async Task<(long Made, long Unchanged)> AtAsync(IReadOnlyList<Submission> rows, CancellationToken cancellationToken)
        {
            var (now, registry) = (engine.Now, engine.Properties);
            List<MadeEntry> entries = [.. rows.Select(row => _maker.Make(row, now, registry, registry.Definitions.Count))];
            var known = await engine.Queries.ContactsByIdentitiesAsync([.. entries.SelectMany(static entry => entry.Item.Identities).Distinct()], cancellationToken);
            var contacts = new Dictionary<ContactId, Contact>(await engine.ContactsAsync(known.Values.Distinct(), cancellationToken));
            var (made, unchanged) = (0L, 0L);
            foreach (var entry in entries)
                switch (WhoIs(entry.Item.Identities, known))
                {
                    case { } id:
                        unchanged += contacts.TryGetValue(id, out var contact) && TellsNothing(entry, contact, now) ? 1 : 0;
                        break;
                    case null when entry.Item.Identities.Any(_new.Contains):
                        break;
                    default:
                        made++;
                        foreach (var identity in entry.Item.Identities)
                            if (_new.Count < NamesMost)
                                _new.Add(identity);
                        break;
                }

            return (made, unchanged);
        }

        static ContactId? WhoIs(ImmutableArray<Identity> identities, IReadOnlyDictionary<Identity, ContactId> known)
        {
            foreach (var identity in identities)
                if (known.TryGetValue(identity, out var contact))
                    return contact;
            return null;
        }

        /// <summary>Whether the contact would be as it is; else it is changed here, for the next row that is of it.</summary>
        bool TellsNothing(MadeEntry entry, Contact contact, Instant now)
        {
            var joins = entry.Item.Identities.Where(identity => !contact.Identities.Contains(identity)).ToList();
            contact.Identities.AddRange(joins);
            _result.Clear();
            if (entry.Body is EntryBody.Received received)
                Burst.Run(_alone, contact, new(new Stimulus.Received(received.Edits), Origin.Import, now, entry.Item.OccurredAt, long.MaxValue, StartsAllowed: false), _result);
            return joins.Count == 0 && _result.Changes.Count == 0;
        }
    }
}
