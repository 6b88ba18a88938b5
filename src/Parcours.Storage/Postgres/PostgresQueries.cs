using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Postgres;

/// <summary>Reads of what is committed, on connections of the pool; each is one statement, so nothing is kept from being vacuumed behind it (Semantics 15.7).</summary>
sealed partial class PostgresQueries(Database database) : IStoreQueries
{
    const int LimitMost = 1_000;

    public ValueTask<Document?> DocumentAsync(string kind, string id, CancellationToken cancellationToken) =>
        FirstAsync(Commands.Query("load_document").With(kind).With(id), row => DocumentRows.Read(row, kind), cancellationToken);

    public async ValueTask<IReadOnlyList<Document>> DocumentsAsync(string kind, string? idPrefix, string? afterId, int limit, CancellationToken cancellationToken)
    {
        var documents = await ListAsync(
            Commands.Query("read_documents").With(kind).With(afterId ?? "").With(idPrefix ?? "").With(Limit(limit)), row => DocumentRows.Read(row, kind), cancellationToken);
        // In order of id, those with the prefix follow each other.
        return idPrefix is null ? documents : [.. documents.TakeWhile(document => document.Id.StartsWith(idPrefix, StringComparison.Ordinal))];
    }

    public ValueTask<ContactBody?> ContactAsync(ContactId contact, CancellationToken cancellationToken) => FirstAsync(
        Commands.Query("load_contacts").With(new[] { (short)Partition.Of(contact).Index }).With(new[] { contact.Number }),
        row => row.Contact(0) == contact ? new ContactBody(contact, row.Bytes(2)) : null,
        cancellationToken);

    public async ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(IReadOnlyList<ContactId> contacts, CancellationToken cancellationToken)
    {
        if (contacts.Count == 0) return [];
        var asked = contacts.ToHashSet();
        contacts = [.. asked.DistinctBy(static contact => (Partition.Of(contact).Index, contact.Number))];
        var found = await ListAsync(
            Commands.Query("load_contacts").Column(contacts, static contact => (short)Partition.Of(contact).Index).Column(contacts, static contact => contact.Number),
            static row => new ContactBody(row.Contact(0), row.Bytes(2)), cancellationToken);
        return [.. found.Where(body => asked.Contains(body.Contact))];
    }

    public async ValueTask<ContactId?> ContactByIdentityAsync(Identity identity, CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            Commands.Query("find_identities").With(new[] { PostgresIdentityBook.HashOf(identity) }),
            row => row.GetInt16(1) == (short)identity.Kind && row.GetString(2) == identity.Value ? row.Contact(3) : default, cancellationToken);
        return found.Count == 1 && found[0] != default ? found[0] : null;
    }

    public async ValueTask<IReadOnlyDictionary<Identity, ContactId>> ContactsByIdentitiesAsync(IReadOnlyCollection<Identity> identities, CancellationToken cancellationToken)
    {
        var asked = identities.ToHashSet();
        var rows = await ListAsync(
            Commands.Query("find_identities").With(asked.Select(PostgresIdentityBook.HashOf).ToArray()),
            static row => (Identity: new Identity((IdentityKind)row.GetInt16(1), row.GetString(2)), Contact: row.Contact(3)), cancellationToken);
        // Two identities may have one hash: only what was asked for is answered.
        return rows.Where(row => asked.Contains(row.Identity)).ToDictionary(row => row.Identity, row => row.Contact);
    }

    public async ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(long afterNumber, bool descending, int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query(descending ? "read_contacts_down" : "read_contacts").With(PartitionSet.All).With(descending && afterNumber <= 0 ? long.MaxValue : afterNumber).With(Limit(limit)),
        static row => new ContactBody(row.Contact(0), row.Bytes(2)), cancellationToken);

    public async ValueTask<IReadOnlyList<TimelineItem>> TimelineAsync(ContactId contact, long? beforeSequence, int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_timeline").With(Partition.Of(contact)).With(contact.Number).With(beforeSequence ?? long.MaxValue).With(Limit(limit)),
        row => new TimelineItem(new TimelineRow(contact, row.GetInt64(0), row.Instant(1), row.Bytes(2)), row.IsDBNull(3) ? null : EntryRows.ReadEvent(row, 3)), cancellationToken);

    public async ValueTask<IReadOnlyList<StoredEvent>> EventsAsync(
        PartitionSet partitions, IReadOnlyCollection<string>? names, long afterSequence, long upToSequence, int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_events").With(partitions).With(afterSequence).With(upToSequence).WithOrNull(NpgsqlDbType.Array | NpgsqlDbType.Text, names?.ToArray()).With(Limit(limit)),
        static row => EntryRows.ReadEvent(row), cancellationToken);

    public async ValueTask<IReadOnlyList<string>> EventNamesAsync(int limit, CancellationToken cancellationToken) =>
        await ListAsync(Commands.Query("read_event_names").With((long)limit), static row => row.GetString(0), cancellationToken);

    public async ValueTask<IReadOnlyList<EnrolmentRow>> EnrolmentsOfAsync(ContactId contact, int limit, CancellationToken cancellationToken) =>
        await ListAsync(Commands.Query("read_enrolments_of").With(Partition.Of(contact)).With(contact.Number).With(Limit(limit)), EnrolmentRows.Read, cancellationToken);

    public async ValueTask<IReadOnlyList<EnrolmentRow>> QueueAsync(JourneyId journey, string point, long afterNumber, int limit, CancellationToken cancellationToken) =>
        await ListAsync(Commands.Query("read_queue").With(journey.Value).With(point).With(afterNumber).With(Limit(limit)), EnrolmentRows.Read, cancellationToken);

    public async ValueTask<IReadOnlyList<EnrolmentRow>> FailedAsync(JourneyId journey, string? point, FailedCursor? after, int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query(point is null ? "read_failed" : "read_failed_at").With(journey.Value).With(point ?? after?.Point ?? "").With(after?.Contact ?? 0L).With(after?.Number ?? 0).With(Limit(limit)), EnrolmentRows.Read, cancellationToken);

    public async ValueTask<IReadOnlyList<MembershipRow>> MembersAsync(string kind, string name, long afterNumber, int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_members").With(kind).With(name).With(afterNumber).With(Limit(limit)), row => new MembershipRow(kind, name, row.Contact(0), true, row.Instant(2)), cancellationToken);

    public async ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(CounterKind? kind, JourneyId? journey, CancellationToken cancellationToken) => (await ListAsync(
        Commands.Query("read_counters").WithOrNull(NpgsqlDbType.Smallint, (short?)kind).WithOrNull(NpgsqlDbType.Text, journey?.Value),
        static row => (new CounterKey((CounterKind)row.GetInt16(0), new JourneyId(row.GetString(1)), row.GetInt32(2), row.GetString(3), row.GetString(4)), row.GetInt64(5)), cancellationToken))
        .ToDictionary(static pair => pair.Item1, static pair => pair.Item2);

    public async ValueTask<Instant> ClockAsync(CancellationToken cancellationToken) =>
        (await ListAsync(Commands.Query("read_clock"), static row => row.Instant(0), cancellationToken)).Single();

    public async ValueTask<IReadOnlyList<PartitionState>> StatesAsync(CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_states").With(PartitionSet.All), static row => new PartitionState(row.Partition(0), row.GetInt64(1), row.GetInt64(2), row.Instant(3), row.GetInt64(4)), cancellationToken);

    public async ValueTask<IReadOnlyList<NodeRow>> NodesAsync(CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_nodes"),
        static row => new NodeRow(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Instant(4), row.Instant(5), new PartitionSet(unchecked((ulong)row.GetInt64(6))), row.GetBoolean(7)), cancellationToken);

    const long CountedMost = 10_000;

    public async ValueTask<IReadOnlyList<PartitionWork>> WorkAsync(Instant now, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_work").With(now).With(CountedMost), static row => new PartitionWork(row.Partition(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)) { OldestEntry = row.IsDBNull(5) ? null : row.Instant(5) }, cancellationToken);

    public async ValueTask<IReadOnlyList<AlertRow>> AlertsAsync(int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_alerts").With(Limit(limit)), static row => new AlertRow(new JourneyId(row.GetString(0)), row.GetString(1), row.GetString(2), row.Instant(3), row.TextOrNull(4)), cancellationToken);

    public async ValueTask<IReadOnlyList<DeadLetter>> DeadLettersAsync(int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_dead_letters").With(Limit(limit)), static row => new DeadLetter(row.Partition(0), row.GetInt64(1), row.Instant(2), row.GetString(3), row.Bytes(4)), cancellationToken);

    static long Limit(int limit) => Math.Clamp(limit, 0, LimitMost);

    async ValueTask<T?> FirstAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T?> read, CancellationToken cancellationToken)
        where T : class => (await ListAsync(command, read, cancellationToken)).FirstOrDefault();

    async ValueTask<List<T>> ListAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
            try
            {
                await using var connection = await database.OpenAsync(cancellationToken);
                await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
                await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
                List<T> list = [];
                while (await rows.ReadAsync(cancellationToken)) list.Add(read(rows));
                return list;
            }
            catch (Exception failure) when (StoreFailures.IsOfServer(failure))
            {
                // A connection that lay in the pool while the server was restarted fails at its next use: a read is asked once more on a fresh one.
                if (isFirst && failure is not PostgresException { IsTransient: false }) continue;
                throw StoreFailures.Of(failure, database.Where);
            }
    }
}
