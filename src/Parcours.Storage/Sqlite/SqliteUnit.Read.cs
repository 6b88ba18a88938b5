using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>What a worker reads before it steps.</summary>
partial class SqliteUnit
{
    public ValueTask<IReadOnlyList<PartitionState>> ReadStatesAsync(CancellationToken cancellationToken) =>
        new(Do<IReadOnlyList<PartitionState>>(() => [.. Partitions.Select(_writer.State.StateOf)]));

    public ValueTask<IReadOnlyList<JournalEntry>> ReadEntriesAsync(Partition partition, long after, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<JournalEntry>>(() =>
    {
        // One table holds the entries of all partitions: without this look a partition at rest would read all that the others wrote since.
        if (after >= _writer.State[partition].Tail) return [];
        List<JournalEntry> entries = [];
        var rows = Query("read_entries").Bind(1, after);
        while (entries.Count < limit && rows.Step())
            if (EntryRows.PartitionOf(rows.Long(1)) == partition)
                entries.Add(EntryRows.Read(rows, _writer.EventNames));
        rows.Reset();
        return entries;
    }));

    public ValueTask LoadContactsAsync(IReadOnlyList<ContactId> contacts, IDictionary<ContactId, ReadOnlyMemory<byte>> into, CancellationToken cancellationToken)
    {
        Do(() =>
        {
            var row = Query("load_contact");
            foreach (var contact in contacts.Order())
            {
                if (!row.Bind(1, contact.Number).Step()) continue;
                if (row.Contact(0) == contact) into[contact] = row.Bytes(2);
                row.Reset();
            }
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<int>> ReadPassedOnAsync(ContactId contact, IReadOnlyList<Identity> identities, CancellationToken cancellationToken) => new(Do<IReadOnlyList<int>>(() =>
    {
        var heir = _book.Find(contact);
        List<int> passed = [];
        for (var index = 0; index < identities.Count; index++)
            if (_book.HolderOf(identities[index]) is not { } holder || _book.Find(holder) != heir)
                passed.Add(index);
        return passed;
    }));

    public ValueTask<IReadOnlyList<ContactBody>> ReadContactsAsync(PartitionSet partitions, long afterNumber, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<ContactBody>>(() =>
    {
        List<ContactBody> contacts = [];
        var rows = Query("read_contacts").Bind(1, afterNumber).Bind(2, partitions.IsAll ? limit : -1L);
        while (contacts.Count < limit && rows.Step())
            if (partitions.Contains(Partition.OfNumber(rows.Long(0))))
                contacts.Add(new ContactBody(rows.Contact(0), rows.Bytes(2)));
        rows.Reset();
        return contacts;
    }));

    public ValueTask<IReadOnlyList<DueTimer>> ReadTimersAsync(
        PartitionSet partitions, JourneyId journey, TimerQueue queue, Instant upTo, DueTimer? after, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<DueTimer>>(() =>
    {
        List<DueTimer> timers = [];
        var rows = _writer.Names.Bind(Query("read_timers"), 1, journey.Value).Bind(2, (long)queue).Bind(3, upTo)
            .Bind(4, after?.Due.ToMicroseconds() ?? long.MinValue).Bind(5, after?.Contact.Number ?? 0).Bind(6, after?.Number ?? 0);
        while (timers.Count < limit && rows.Step())
            if (partitions.Contains(Partition.OfNumber(rows.Long(0))))
                timers.Add(new DueTimer(rows.Contact(0), journey, (int)rows.Long(2), new EnrolmentId(rows.Guid(3)), queue, rows.Instant(4)));
        rows.Reset();
        return timers;
    }));

    public ValueTask<IReadOnlyList<DueFlip>> ReadFlipsAsync(PartitionSet partitions, Instant upTo, DueFlip? after, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<DueFlip>>(() =>
    {
        List<DueFlip> flips = [];
        if (after is not null && after.At <= upTo) Take(Query("read_flips_at").Bind(1, after.At).Bind(2, after.Contact.Number));
        Take(Query("read_flips").Bind(1, upTo).Bind(2, after?.At.ToMicroseconds() ?? long.MinValue));
        return flips;

        void Take(SqliteStatement rows)
        {
            while (flips.Count < limit && rows.Step())
                if (partitions.Contains(Partition.OfNumber(rows.Long(0))))
                    flips.Add(new DueFlip(rows.Contact(0), rows.Instant(2)));
            rows.Reset();
        }
    }));

    public ValueTask<IReadOnlyList<ContactId>> ReadInsideAsync(PartitionSet partitions, JourneyId journey, long afterNumber, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<ContactId>>(() =>
    {
        // The index is ordered by point, so the first few of each point are brought together: a journey has some hundred points at most, whoever waits there.
        SortedSet<ContactId> inside = [];
        _writer.Names.Bind(Query("next_waiting_point"), 1, journey.Value).Bind(2, long.MinValue);
        while (Query("next_waiting_point").Step())
        {
            var points = Query("next_waiting_point");
            if (points.IsNull(0))
            {
                points.Reset();
                break;
            }

            var (number, text) = points.IsInteger(0) ? (points.Long(0), null) : (0L, points.Text(0));
            points.Reset();
            var waiting = _writer.Names.Bind(Query("read_waiting_at"), 1, journey.Value).Bind(3, afterNumber).Bind(4, partitions.IsAll ? limit : -1L);
            if (text is null) waiting.Bind(2, number);
            else waiting.Bind(2, text);
            for (var taken = 0; taken < limit && waiting.Step();)
                if (partitions.Contains(Partition.OfNumber(waiting.Long(0))) && inside.Add(waiting.Contact(0)))
                    taken++;
            waiting.Reset();
            if (text is null) points.Bind(2, number);
            else points.Bind(2, text);
        }

        return [.. inside.Take(limit)];
    }));

    public ValueTask<IReadOnlyList<MessageRow>> ReadPendingMessagesAsync(
        PartitionSet partitions, Instant upTo, (Instant NotBefore, long Number)? after, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<MessageRow>>(() =>
    {
        List<MessageRow> messages = [];
        var rows = Query("read_pending_messages").Bind(1, upTo).Bind(2, after?.NotBefore.ToMicroseconds() ?? long.MinValue).Bind(3, after?.Number ?? 0).Bind(4, partitions.IsAll ? limit : -1L);
        while (messages.Count < limit && rows.Step())
            if (partitions.Contains(Partition.OfNumber(rows.Long(2))))
                messages.Add(MessageRows.Read(rows, _writer.Names));
        rows.Reset();
        return messages;
    }));

    public ValueTask<IReadOnlyList<MessageRow>> ReadClaimedMessagesAsync(PartitionSet partitions, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<MessageRow>>(() =>
    {
        List<MessageRow> messages = [];
        var row = Query("load_message");
        foreach (var number in _writer.Claimed.Union(_writer.ClaimsOfUnit.Keys).Order())
        {
            if (messages.Count == limit) break;
            if (!row.Bind(1, number).Step()) continue;
            var message = MessageRows.Read(row, _writer.Names);
            row.Reset();
            if (message is { Status: MessageStatus.Pending, Claimed: not null } && partitions.Contains(Partition.Of(message.Contact))) messages.Add(message);
        }

        return messages;
    }));

    public ValueTask<IReadOnlyList<MessageRow>> ReadUnsentOfAsync(EnrolmentId enrolment, ContactId contact, CancellationToken cancellationToken) => new(Do<IReadOnlyList<MessageRow>>(() =>
    {
        List<MessageRow> unsent = [];
        var rows = Query("read_messages_of").Bind(1, contact.Number).Bind(2, long.MaxValue);
        while (rows.Step())
            if (MessageRows.StatusOf(rows) == MessageStatus.Pending && MessageRows.Read(rows, _writer.Names) is { } message && message.Enrolment == enrolment)
                unsent.Add(message);
        unsent.Reverse();
        return unsent;
    }));

    public ValueTask<IReadOnlyList<int>> ReadBlockedAsync(IReadOnlyList<BlockQuestion> questions, CancellationToken cancellationToken) => new(Do<IReadOnlyList<int>>(() =>
    {
        List<int> blocked = [];
        for (var i = 0; i < questions.Count; i++)
            if (IsBlocked(questions[i]))
                blocked.Add(i);
        return blocked;
    }));

    bool IsBlocked(BlockQuestion question)
    {
        var optOut = Query("ask_opt_out").Bind(1, question.Contact.Number).Bind(2, question.Channel).Bind(3, question.Topic);
        if (optOut.Step())
        {
            optOut.Reset();
            return true;
        }

        if (question.AddressHash is not { } address) return false;
        var suppression = Query("ask_suppression").Bind(1, address).Bind(2, question.Channel).Bind(3, question.Transactional ? 1L : 0L);
        if (!suppression.Step()) return false;
        suppression.Reset();
        return true;
    }
}
