using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>What few commits write: refusals, blocks, relays, alerts, documents; and what is thrown away.</summary>
partial class PostgresUnit
{
    const int TrimmedAtOnce = 2_000, TrimmedAPartition = 200;
    static readonly Duration KeptConsumed = Duration.FromDays(8), KeptRefusals = Duration.FromDays(90);

    /// <summary>In microseconds. Half a day more than what is promised (Semantics 5.1).</summary>
    const long GenerationLength = 15L * 12 * 3_600_000_000;

    void AddRare(List<NpgsqlBatchCommand> commands, WriteSet writes)
    {
        if (writes.Refusals.Count > 0)
        {
            foreach (var refusal in writes.Refusals) Touch(refusal.Contact);
            commands.Add(Commands.Query("add_refusals")
                .Column(writes.Refusals, static row => (short)Partition.Of(row.Contact).Index).Column(writes.Refusals, static row => row.Contact.Number).Column(writes.Refusals, static row => row.Journey.Value)
                .Column(writes.Refusals, static row => row.Reason).Column(writes.Refusals, static row => row.Day).Column(writes.Refusals, static row => row.Contact.High())
                .Column(writes.Refusals, static row => row.StartingPoint).Column(writes.Refusals, static row => row.At.ToMicroseconds()));
        }

        foreach (var block in writes.Blocks) AddBlock(commands, block);
        if (writes.Relays.Count > 0)
        {
            foreach (var relay in writes.Relays)
                if (Partitions.Contains(relay.From)) Touch(relay.From);
            commands.Add(Commands.Query("insert_relays")
                .Column(writes.Relays, static row => (short)row.From.Index).Column(writes.Relays, static row => row.Target.Number).Column(writes.Relays, static row => row.Target.High())
                .Column(writes.Relays, static row => (short)row.Kind).Column(writes.Relays, static row => (short)row.Origin).Column(writes.Relays, static row => row.OccurredAt.ToMicroseconds())
                .Column(writes.Relays, static row => row.Name).Column(writes.Relays, static row => row.Body.Bytes()));
        }

        foreach (var letter in writes.DeadLetters)
            commands.Add(Commands.Query("insert_dead_letter").With(letter.Partition).With(letter.Sequence).With(letter.At).With(letter.Why).With(letter.Body));
        foreach (var alert in writes.Alerts)
            commands.Add(Commands.Query("insert_alert").With(alert.Journey.Value).With(alert.Code).With(alert.Detail).With(alert.At).WithOrNull(NpgsqlDbType.Text, alert.Arguments));
        AddAllocators(commands, writes);
        AddTasks(commands, writes);
        AddNotifications(commands, writes);
    }

    static void AddBlock(List<NpgsqlBatchCommand> commands, BlockRow block)
    {
        if (block.Contact is { } contact)
        {
            var order = Commands.Query(block.Lifted ? "delete_opt_out" : "save_opt_out").With(Partition.Of(contact)).With(contact.Number).With(block.Channel).With(block.Topic);
            commands.Add(block.Lifted ? order : order.With(block.Reason).With(block.At));
        }

        if (block.AddressHash is { } address)
        {
            var order = Commands.Query(block.Lifted ? "delete_suppression" : "save_suppression").With(address).With(block.Channel);
            commands.Add(block.Lifted
                ? order.WithOrNull(NpgsqlDbType.Text, block.LiftsOnly)
                : order.With(block.Reason).With(block.At).WithOrNull(NpgsqlDbType.Text, block.Address).WithOrNull(NpgsqlDbType.Text, block.By));
        }
    }

    /// <summary>Nobody has their identities any more, and the contacts are unknown.</summary>
    async ValueTask ForgetAsync(List<ContactId> contacts, CancellationToken cancellationToken)
    {
        foreach (var contact in contacts) Touch(contact);
        var held = await ListAsync(
            Commands.Query("delete_holdings").Column(contacts, static contact => (short)Partition.Of(contact).Index).Column(contacts, static contact => contact.Number),
            static row =>
            {
                ReadOnlySpan<byte> list = row.Bytes(4);
                return (Contact: row.GetInt64(0), Identities: IdentityList.Read(ref list));
            },
            cancellationToken);
        List<(Guid Hash, long Contact)> identities = [.. held.SelectMany(holding => holding.Identities.Select(identity => (Hash: PostgresIdentityBook.HashOf(identity), holding.Contact))).OrderBy(pair => pair.Hash)];
        List<NpgsqlBatchCommand> commands = identities.Count == 0 ? [] : [Commands.Query("delete_identities").Column(identities, static pair => pair.Hash).Column(identities, static pair => pair.Contact)];
        foreach (var query in (string[])["delete_contacts", "delete_timelines"])
            commands.Add(Commands.Query(query).Column(contacts, static contact => (short)Partition.Of(contact).Index).Column(contacts, static contact => contact.Number));
        foreach (var query in (string[])["delete_tasks_of", "delete_notifications_of"])
            commands.Add(Commands.Query(query).Column(contacts, static contact => contact.Number));
        await ExecuteAsync(commands, cancellationToken);
    }

    public ValueTask<Document?> ReadDocumentAsync(string kind, string id, CancellationToken cancellationToken) => DoAsync(async () =>
        (await ListAsync(Commands.Query("load_document").With(kind).With(id), row => DocumentRows.Read(row, kind), cancellationToken)).SingleOrDefault());

    public ValueTask<Document?> WriteDocumentAsync(string kind, string id, ReadOnlyMemory<byte> json, long? expectedRevision, Instant now, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        var query = Commands.Query(expectedRevision switch { null => "save_document", 0 => "create_document", _ => "replace_document" }).With(kind).With(id).With(now).With(json);
        if (expectedRevision is { } expected and not 0) query.With(expected);
        return (await ListAsync(query, row => new Document(kind, row.GetString(0), row.GetInt64(1), row.Instant(2), row.Instant(3), json), cancellationToken)).SingleOrDefault();
    });

    public ValueTask<bool> DeleteDocumentAsync(string kind, string id, long? expectedRevision, CancellationToken cancellationToken) => DoAsync(async () =>
        await ExecuteAsync([Commands.Query("delete_document").With(kind).With(id).WithOrNull(NpgsqlDbType.Bigint, expectedRevision)], cancellationToken) == 1);

    public ValueTask<bool> TrimAsync(Instant now, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        await GenerationAsync(now.ToMicroseconds(), cancellationToken);
        // A partition that was trimmed to its bound may hold more; that there are as many in all is a bound too many times over.
        var entries = await ExecuteAsync([Commands.Query("trim_entries").With(Partitions).With(now - KeptConsumed).With((long)TrimmedAPartition)], cancellationToken);
        var commits = await ExecuteAsync([Commands.Query("trim_commits").With(Partitions).With(Sequences.At((now - KeptConsumed).ToMicroseconds())).With((long)TrimmedAPartition)], cancellationToken);
        var refusals = await ExecuteAsync([Commands.Query("trim_refusals").With(now - KeptRefusals).With((long)TrimmedAtOnce)], cancellationToken);
        var told = await ExecuteAsync([Commands.Query("trim_notifications").With(now - NotificationRow.KeptFor).With((long)NotificationRow.KeptMost).With((long)TrimmedAtOnce)], cancellationToken);
        var answers = await ExecuteAsync([Commands.Query("trim_allocations").With(now).With((long)TrimmedAtOnce)], cancellationToken);
        return answers == TrimmedAtOnce || told == TrimmedAtOnce || entries >= TrimmedAPartition || commits >= TrimmedAPartition || refusals == TrimmedAtOnce;
    });

    /// <summary>Which generation of message ids runs at this instant; begins the next one, or two at once after a long rest.</summary>
    async ValueTask<long> GenerationAsync(long now, CancellationToken cancellationToken)
    {
        var (number, began) = (await ListAsync(Commands.Query("share_generation"), static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken)).Single();
        return IsOver(number, began, now) ? await NextGenerationAsync(number, now, cancellationToken) : number;
    }

    static bool IsOver(long number, long began, long now) => number == 0 || (now - began) / GenerationLength >= 1;

    async ValueTask<long> NextGenerationAsync(long number, long now, CancellationToken cancellationToken)
    {
        await _connection.SaveAsync("generation", cancellationToken);
        try
        {
            // Not behind a backup that reads these tables: then the older ids are known for a while longer.
            await Schema.ExecuteAsync(_connection.Connection, "SET LOCAL lock_timeout = '500ms'", cancellationToken);
            (number, var began) = (await ListAsync(Commands.Query("lock_generation"), static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken)).Single();
            var passed = number == 0 ? 1 : (now - began) / GenerationLength;
            if (passed >= 1)
            {
                // The next one begins where the last one ended, though nothing came for a while: only then is an id never known for over fifteen days.
                (began, number) = (number == 0 ? now : began + passed * GenerationLength, number + passed);
                await Schema.ExecuteAsync(_connection.Connection, $"TRUNCATE seen_{number & 1}", cancellationToken);
                if (passed > 1) await Schema.ExecuteAsync(_connection.Connection, $"TRUNCATE seen_{(number - 1) & 1}", cancellationToken);
                await ExecuteAsync([Commands.Query("begin_generation").With(number).With(began)], cancellationToken);
            }

            await Schema.ExecuteAsync(_connection.Connection, "SET LOCAL lock_timeout = 0", cancellationToken);
        }
        catch (PostgresException waits) when (waits.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            await _connection.RollbackToAsync("generation", cancellationToken);
        }

        return number;
    }
}
