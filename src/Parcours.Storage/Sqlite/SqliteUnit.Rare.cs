using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Sqlite;

/// <summary>What few commits write: refusals, blocks, relays, alerts, documents; and what is thrown away.</summary>
partial class SqliteUnit
{
    const int TrimmedAtOnce = 2_000;
    static readonly Duration KeptConsumed = Duration.FromDays(8), KeptRefusals = Duration.FromDays(90);

    void WriteRare(WriteSet writes)
    {
        foreach (var refusal in writes.Refusals)
        {
            var add = Query("add_refusal").Bind(1, refusal.Contact);
            _writer.Names.BindNew(add, 3, refusal.Journey.Value);
            _writer.Names.BindNew(add, 4, refusal.StartingPoint);
            _writer.Names.BindNew(add, 5, refusal.Reason).Bind(6, (long)refusal.Day).Bind(7, refusal.At).Run();
        }

        foreach (var block in writes.Blocks) Write(block);
        foreach (var relay in writes.Relays)
            Query("insert_relay").Bind(1, (long)relay.From.Index).Bind(2, relay.Target).Bind(4, (long)relay.Kind).Bind(5, (long)relay.Origin).Bind(6, relay.OccurredAt)
                .Bind(7, relay.Name).BindBlob(8, relay.Body.Span).Run();
        foreach (var letter in writes.DeadLetters)
            Query("insert_dead_letter").Bind(1, (long)letter.Partition.Index).Bind(2, letter.Sequence).Bind(3, letter.At).Bind(4, letter.Why).BindBlob(5, letter.Body.Span).Run();
        foreach (var alert in writes.Alerts)
            _writer.Names.BindNew(Query("insert_alert"), 1, alert.Journey.Value).Bind(2, alert.Code).Bind(3, alert.Detail).Bind(4, alert.At).Bind(5, alert.Arguments).Run();
        WriteAllocators(writes);
        WriteTasks(writes);
        WriteNotifications(writes);
    }

    void Write(BlockRow block)
    {
        if (block.Contact is { } contact)
        {
            var statement = Query(block.Lifted ? "delete_opt_out" : "save_opt_out").Bind(1, contact.Number).Bind(2, block.Channel).Bind(3, block.Topic);
            if (!block.Lifted) statement.Bind(4, block.Reason).Bind(5, block.At);
            statement.Run();
        }

        if (block.AddressHash is { } address)
        {
            var statement = Query(block.Lifted ? "delete_suppression" : "save_suppression").Bind(1, address).Bind(2, block.Channel);
            if (!block.Lifted) statement.Bind(3, block.Reason).Bind(4, block.At).Bind(5, block.Address).Bind(6, block.By);
            else statement.Bind(3, block.LiftsOnly);
            statement.Run();
        }
    }

    public ValueTask<Document?> ReadDocumentAsync(string kind, string id, CancellationToken cancellationToken) => new(Do(() => Load(kind, id)));

    public ValueTask<Document?> WriteDocumentAsync(string kind, string id, ReadOnlyMemory<byte> json, long? expectedRevision, Instant now, CancellationToken cancellationToken) => new(Do(() =>
    {
        var stands = Load(kind, id);
        if (expectedRevision is { } expected && expected != (stands?.Revision ?? 0)) return null;
        var document = new Document(kind, id, (stands?.Revision ?? 0) + 1, stands?.CreatedAt ?? now.Truncate(), now.Truncate(), json);
        Query("save_document").Bind(1, kind).Bind(2, id).Bind(3, document.Revision).Bind(4, document.CreatedAt).Bind(5, document.UpdatedAt).BindBlob(6, json.Span).Run();
        return document;
    }));

    public ValueTask<bool> DeleteDocumentAsync(string kind, string id, long? expectedRevision, CancellationToken cancellationToken) => new(Do(() =>
    {
        if (expectedRevision is { } expected && Load(kind, id)?.Revision != expected) return false;
        return Query("delete_document").Bind(1, kind).Bind(2, id).RunAndCount() == 1;
    }));

    Document? Load(string kind, string id)
    {
        var row = Query("load_document").Bind(1, kind).Bind(2, id);
        if (!row.Step()) return null;
        var document = DocumentRows.Read(row, kind);
        row.Reset();
        return document;
    }

    public ValueTask<bool> TrimAsync(Instant now, CancellationToken cancellationToken) => new(Do(() =>
    {
        _writer.Seen.Advance(now.ToMicroseconds());
        var more = TrimEntries(now - KeptConsumed);
        more |= Query("trim_commits").Bind(1, _writer.State.Trimmed).Bind(2, (long)TrimmedAtOnce).RunAndCount() == TrimmedAtOnce;
        more |= Query("trim_refusals").Bind(1, now - KeptRefusals).Bind(2, (long)TrimmedAtOnce).RunAndCount() == TrimmedAtOnce;
        more |= Query("trim_notifications").Bind(1, now - NotificationRow.KeptFor).Bind(2, (long)NotificationRow.KeptMost).Bind(3, (long)TrimmedAtOnce).RunAndCount() == TrimmedAtOnce;
        more |= Query("trim_allocations").Bind(1, now).Bind(2, (long)TrimmedAtOnce).RunAndCount() == TrimmedAtOnce;
        return more;
    }));

    /// <summary>Goes up the journal as far as entries are old and consumed, and takes out those that are no events (Semantics 5.2).</summary>
    bool TrimEntries(Instant before)
    {
        List<long> gone = [];
        var (looked, last) = (0, _writer.State.Trimmed);
        var rows = Query("read_oldest_entries").Bind(1, last).Bind(2, (long)TrimmedAtOnce);
        while (rows.Step())
        {
            var isConsumed = rows.Long(0) <= _writer.State[EntryRows.PartitionOf(rows.Long(1))].Cursor;
            var isEvent = (EntryKind)rows.Long(2) == EntryKind.Event;
            if (rows.Instant(3) >= before || (!isConsumed && !isEvent)) break;
            (looked, last) = (looked + 1, rows.Long(0));
            if (!isEvent) gone.Add(last);
        }

        rows.Reset();
        var delete = Query("delete_entry");
        foreach (var sequence in gone) delete.Bind(1, sequence).Run();
        if (looked == 0) return false;
        (_writer.State.Trimmed, _writer.State.IsChanged) = (last, true);
        return looked == TrimmedAtOnce;
    }
}
