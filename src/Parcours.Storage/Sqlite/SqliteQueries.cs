using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Gathered;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Reads of what is committed, on connections of their own. Where few of many rows are wanted, a range of them is looked at a transaction (Semantics 15.7).</summary>
sealed partial class SqliteQueries(string path, Writer writer, Readers readers) : IStoreQueries
{
    const int LimitMost = 1_000, LookedAtOnce = 20_000;

    // The names in memory are those of the writer: it adds, and what a reader finds in a committed row is there.
    Names Names => writer.Names;

    Names EventNames => writer.EventNames;

    public ValueTask<Document?> DocumentAsync(string kind, string id, CancellationToken cancellationToken) =>
        FirstAsync("load_document", row => row.Bind(1, kind).Bind(2, id), row => DocumentRows.Read(row, kind), cancellationToken);

    public ValueTask<IReadOnlyList<Document>> DocumentsAsync(string kind, string? idPrefix, string? afterId, int limit, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<Document>>(
        connection =>
        {
            List<Document> documents = [];
            var rows = connection.Query("read_documents").Bind(1, kind).Bind(2, afterId ?? "").Bind(3, idPrefix ?? "").Bind(4, Limit(limit));
            while (rows.Step())
            {
                var document = DocumentRows.Read(rows, kind);
                // In order of id, those with the prefix follow each other.
                if (idPrefix is not null && !document.Id.StartsWith(idPrefix, StringComparison.Ordinal)) break;
                documents.Add(document);
            }

            return documents;
        },
        cancellationToken);

    public ValueTask<ContactBody?> ContactAsync(ContactId contact, CancellationToken cancellationToken) => ReadAsync(
        connection =>
        {
            var row = connection.Query("load_contact").Bind(1, contact.Number);
            return row.Step() && row.Contact(0) == contact ? new ContactBody(contact, row.Bytes(2)) : null;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(IReadOnlyList<ContactId> contacts, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<ContactBody>>(
        connection =>
        {
            var (found, row) = (new List<ContactBody>(contacts.Count), connection.Query("load_contact"));
            foreach (var contact in contacts.Distinct().Order())
            {
                if (!row.Bind(1, contact.Number).Step()) continue;
                if (row.Contact(0) == contact) found.Add(new(contact, row.Bytes(2)));
                row.Reset();
            }

            return found;
        },
        cancellationToken);

    public ValueTask<ContactId?> ContactByIdentityAsync(Identity identity, CancellationToken cancellationToken)
    {
        var key = new IdentityKey((byte)identity.Kind, identity.Value);
        // Memory first: what leaves it is in the table by then.
        if (writer.Identities.TryFindUnmerged(key, out var contact)) return new(contact == default ? null : contact);
        return ReadAsync(connection => IdentityTable.FindMerged(connection.Query("find_identity"), key) is var found && found == default ? (ContactId?)null : found, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<Identity, ContactId>> ContactsByIdentitiesAsync(IReadOnlyCollection<Identity> identities, CancellationToken cancellationToken) => ReadAsync<IReadOnlyDictionary<Identity, ContactId>>(
        connection =>
        {
            var (found, query) = (new Dictionary<Identity, ContactId>(), connection.Query("find_identity"));
            foreach (var identity in identities)
            {
                var key = new IdentityKey((byte)identity.Kind, identity.Value);
                // Memory first: what leaves it is in the table by then.
                var contact = writer.Identities.TryFindUnmerged(key, out var held) ? held : IdentityTable.FindMerged(query, key);
                if (contact != default)
                    found[identity] = contact;
            }

            return found;
        }, cancellationToken);

    public ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(long afterNumber, bool descending, int limit, CancellationToken cancellationToken) => ListAsync(
        descending ? "read_contacts_down" : "read_contacts",
        rows => rows.Bind(1, descending && afterNumber <= 0 ? long.MaxValue : afterNumber).Bind(2, Limit(limit)),
        rows => new ContactBody(rows.Contact(0), rows.Bytes(2)),
        cancellationToken);

    public ValueTask<IReadOnlyList<TimelineItem>> TimelineAsync(ContactId contact, long? beforeSequence, int limit, CancellationToken cancellationToken) => ListAsync(
        "read_timeline",
        rows => rows.Bind(1, contact.Number).Bind(2, beforeSequence ?? long.MaxValue).Bind(3, Limit(limit)),
        rows => new TimelineItem(new TimelineRow(contact, rows.Long(1), rows.Instant(2), rows.Bytes(3)), rows.IsNull(4) ? null : EntryRows.ReadEvent(rows, EventNames, 4)),
        cancellationToken);

    public async ValueTask<IReadOnlyList<StoredEvent>> EventsAsync(
        PartitionSet partitions, IReadOnlyCollection<string>? names, long afterSequence, long upToSequence, int limit, CancellationToken cancellationToken)
    {
        List<StoredEvent> events = [];
        var most = Limit(limit);
        for (var looked = LookedAtOnce; looked == LookedAtOnce && events.Count < most;)
        {
            looked = 0;
            await ReadAsync(
                connection =>
                {
                    var rows = connection.Query("read_events").Bind(1, afterSequence).Bind(2, upToSequence).Bind(3, (long)LookedAtOnce);
                    while (events.Count < most && rows.Step())
                    {
                        (looked, afterSequence) = (looked + 1, rows.Long(0));
                        if ((EntryKind)rows.Long(3) != EntryKind.Event || !partitions.Contains(EntryRows.PartitionOf(rows.Long(1)))) continue;
                        if (names is null || names.Contains(EventNames.Read(rows, 8))) events.Add(EntryRows.ReadEvent(rows, EventNames));
                    }

                    return true;
                },
                cancellationToken);
        }

        return events;
    }

    public ValueTask<IReadOnlyList<string>> EventNamesAsync(int limit, CancellationToken cancellationToken) =>
        new([.. EventNames.All.Order(StringComparer.Ordinal).Take((int)Limit(limit))]);

    public ValueTask<IReadOnlyList<EnrolmentRow>> EnrolmentsOfAsync(ContactId contact, int limit, CancellationToken cancellationToken) => ListAsync(
        "read_enrolments_of", rows => rows.Bind(1, contact.Number).Bind(2, Limit(limit)), rows => EnrolmentRows.Read(rows, Names), cancellationToken);

    public ValueTask<IReadOnlyList<EnrolmentRow>> QueueAsync(JourneyId journey, string point, long afterNumber, int limit, CancellationToken cancellationToken) => ListAsync(
        "read_queue",
        rows => Names.Bind(Names.Bind(rows, 1, journey.Value), 2, point).Bind(3, afterNumber).Bind(4, Limit(limit)),
        rows => EnrolmentRows.Read(rows, Names),
        cancellationToken);

    public ValueTask<IReadOnlyList<EnrolmentRow>> FailedAsync(JourneyId journey, string? point, FailedCursor? after, int limit, CancellationToken cancellationToken) => ListAsync(
        point is null ? "read_failed" : "read_failed_at",
        rows =>
        {
            Names.Bind(rows, 1, journey.Value);
            // Before the first of all points: numbers come before texts.
            _ = point is null && after is null ? rows.Bind(2, long.MinValue) : Names.Bind(rows, 2, point ?? after!.Value.Point);
            return rows.Bind(3, after?.Contact ?? 0).Bind(4, (long)(after?.Number ?? 0)).Bind(5, Limit(limit));
        },
        rows => EnrolmentRows.Read(rows, Names),
        cancellationToken);

    public ValueTask<IReadOnlyList<MembershipRow>> MembersAsync(string kind, string name, long afterNumber, int limit, CancellationToken cancellationToken) => ListAsync(
        "read_members",
        rows => Names.Bind(Names.Bind(rows, 1, kind), 2, name).Bind(3, afterNumber).Bind(4, Limit(limit)),
        rows => new MembershipRow(kind, name, rows.Contact(0), true, rows.Instant(2)),
        cancellationToken);

    public ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(CounterKind? kind, JourneyId? journey, CancellationToken cancellationToken) => ReadAsync<IReadOnlyDictionary<CounterKey, long>>(
        connection =>
        {
            Dictionary<CounterKey, long> counters = [];
            var rows = Names.Bind(connection.Query("read_counters").Bind(1, (long?)kind), 2, journey?.Value);
            while (rows.Step())
                counters[new CounterKey((CounterKind)rows.Long(0), new JourneyId(Names.Read(rows, 1)), (int)rows.Long(2), Names.Read(rows, 3), Names.Read(rows, 4))] = rows.Long(5);
            return counters;
        },
        cancellationToken);

    public ValueTask<Instant> ClockAsync(CancellationToken cancellationToken) => ReadAsync(connection => StateIn(connection).LeastClock(), cancellationToken);

    public ValueTask<IReadOnlyList<PartitionState>> StatesAsync(CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<PartitionState>>(
        connection => [.. PartitionSet.All.Select(StateIn(connection).StateOf)], cancellationToken);

    public ValueTask<IReadOnlyList<AlertRow>> AlertsAsync(int limit, CancellationToken cancellationToken) => ListAsync(
        "read_alerts", rows => rows.Bind(1, Limit(limit)), rows => new AlertRow(new JourneyId(Names.Read(rows, 0)), rows.Text(1), rows.Text(2), rows.Instant(3), rows.TextOrNull(4)), cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> DeadLettersAsync(int limit, CancellationToken cancellationToken) => ListAsync(
        "read_dead_letters", rows => rows.Bind(1, Limit(limit)),
        rows => new DeadLetter(new Partition((byte)rows.Long(0)), rows.Long(1), rows.Instant(2), rows.Text(3), rows.Bytes(4)), cancellationToken);

    static long Limit(int limit) => Math.Clamp(limit, 0, LimitMost);

    static StoreState StateIn(ReadConnection connection)
    {
        var row = connection.Query("load_state");
        return row.Step() ? StoreState.Read(row.Blob(0)) : new StoreState();
    }

    ValueTask<IReadOnlyList<T>> ListAsync<T>(string query, Func<SqliteStatement, SqliteStatement> bind, Func<SqliteStatement, T> read, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<T>>(
        connection =>
        {
            List<T> list = [];
            var rows = bind(connection.Query(query));
            while (rows.Step()) list.Add(read(rows));
            return list;
        },
        cancellationToken);

    ValueTask<T?> FirstAsync<T>(string query, Func<SqliteStatement, SqliteStatement> bind, Func<SqliteStatement, T> read, CancellationToken cancellationToken)
        where T : class => ReadAsync(
        connection =>
        {
            var row = bind(connection.Query(query));
            return row.Step() ? read(row) : null;
        },
        cancellationToken);

    async ValueTask<T> ReadAsync<T>(Func<ReadConnection, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await readers.ReadAsync(read, cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw StoreFailures.Of(failure, path);
        }
    }
}
