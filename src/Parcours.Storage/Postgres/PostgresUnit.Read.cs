using NodaTime;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Postgres;

/// <summary>What a worker reads before it steps.</summary>
partial class PostgresUnit
{
    public ValueTask<IReadOnlyList<PartitionState>> ReadStatesAsync(CancellationToken cancellationToken) => DoAsync<IReadOnlyList<PartitionState>>(async () =>
    {
        var numbers = Numbers;
        List<PartitionState> states = [];
        foreach (var (partition, stands) in await ListAsync(
            Commands.Query("read_states").With(Partitions),
            static row => (row.Partition(0), new PartitionNumbers
            {
                Cursor = row.GetInt64(1),
                Tail = row.GetInt64(2),
                Clock = row.GetInt64(3),
                Epoch = row.GetInt64(4),
                Sequence = row.GetInt64(5),
                Message = row.GetInt64(6),
                IsKnown = true,
            }),
            cancellationToken))
        {
            ref var known = ref numbers[partition.Index];
            // What this unit has given out already stands.
            var sequence = Math.Max(Math.Max(stands.Sequence, stands.Cursor), _touched.Contains(partition) ? known.Sequence : 0);
            var message = Math.Max(stands.Message, _touched.Contains(partition) ? known.Message : 0);
            known = stands;
            (known.Sequence, known.Message) = (sequence, message);
            states.Add(known.StateOf(partition));
        }

        return states;
    });

    public ValueTask<IReadOnlyList<JournalEntry>> ReadEntriesAsync(Partition partition, long after, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<JournalEntry>>(async () =>
    {
        var entries = await ListAsync(Commands.Query("read_entries").With(partition).With(after).With((long)limit), EntryRows.Read, cancellationToken);
        if (entries.Count > 0 && Partitions.Contains(partition)) Heard(partition, entries[^1].Sequence);
        return entries;
    });

    public ValueTask<IReadOnlyList<JournalEntry>> ReadEntriesAsync(IReadOnlyList<long> after, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<JournalEntry>>(async () =>
    {
        return await ListAsync(
            Commands.Query("read_new_entries").With(Partitions).With(Partitions.Select(partition => after[partition.Index]).ToArray()).With((long)limit), EntryRows.Read, cancellationToken);
    });

    public void NumberAfter(Partition partition, long sequence) => Heard(partition, sequence);

    public ValueTask LoadContactsAsync(IReadOnlyList<ContactId> contacts, IDictionary<ContactId, ReadOnlyMemory<byte>> into, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        var wanted = contacts.ToHashSet();
        foreach (var (contact, body) in await ListAsync(
            Commands.Query("load_contacts").Column(contacts, static contact => (short)Partition.Of(contact).Index).Column(contacts, static contact => contact.Number),
            static row => (row.Contact(0), row.Bytes(2)), cancellationToken))
            if (wanted.Contains(contact)) into[contact] = body;
    });

    public ValueTask<IReadOnlyList<int>> ReadPassedOnAsync(ContactId contact, IReadOnlyList<Identity> identities, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<int>>(async () =>
    {
        var book = new PostgresIdentityBook(_store.Salt);
        await book.LoadAsync([.. identities], [contact], [], [], _connection, cancellationToken);
        var heir = book.Find(contact);
        List<int> passed = [];
        for (var index = 0; index < identities.Count; index++)
            if (book.HolderOf(identities[index]) is not { } holder || book.Find(holder) != heir)
                passed.Add(index);
        return passed;
    });

    public ValueTask<IReadOnlyList<ContactBody>> ReadContactsAsync(PartitionSet partitions, long afterNumber, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<ContactBody>>(async () =>
        await ListAsync(Commands.Query("read_contacts").With(partitions).With(afterNumber).With((long)limit), static row => new ContactBody(row.Contact(0), row.Bytes(2)), cancellationToken));

    public ValueTask<IReadOnlyList<DueTimer>> ReadTimersAsync(
        PartitionSet partitions, JourneyId journey, TimerQueue queue, Instant upTo, DueTimer? after, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<DueTimer>>(async () =>
        await ListAsync(
            Commands.Query("read_timers").With(partitions).With(journey.Value).With((short)queue).With(upTo)
                .With(after?.Due.ToMicroseconds() ?? long.MinValue).With(after?.Contact.Number ?? 0).With(after?.Number ?? 0).With((long)limit),
            row => new DueTimer(row.Contact(0), journey, row.GetInt32(2), new EnrolmentId(row.GetGuid(3)), queue, row.Instant(4)), cancellationToken));

    public ValueTask<IReadOnlyList<DueFlip>> ReadFlipsAsync(PartitionSet partitions, Instant upTo, DueFlip? after, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<DueFlip>>(async () =>
        await ListAsync(
            Commands.Query("read_flips").With(partitions).With(upTo).With(after?.At.ToMicroseconds() ?? long.MinValue).With(after?.Contact.Number ?? 0).With((long)limit),
            static row => new DueFlip(row.Contact(0), row.Instant(2)), cancellationToken));

    public ValueTask<IReadOnlyList<ContactId>> ReadInsideAsync(PartitionSet partitions, JourneyId journey, long afterNumber, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<ContactId>>(async () =>
        await ListAsync(Commands.Query("read_inside").With(partitions).With(journey.Value).With(afterNumber).With((long)limit), static row => row.Contact(0), cancellationToken));

    public ValueTask<IReadOnlyList<MessageRow>> ReadPendingMessagesAsync(
        PartitionSet partitions, Instant upTo, (Instant NotBefore, long Number)? after, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<MessageRow>>(async () =>
        await ListAsync(
            Commands.Query("read_pending_messages").With(partitions).With(upTo).With(after?.NotBefore.ToMicroseconds() ?? long.MinValue).With(after?.Number ?? 0).With((long)limit),
            MessageRows.Read, cancellationToken));

    public ValueTask<IReadOnlyList<MessageRow>> ReadClaimedMessagesAsync(PartitionSet partitions, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<MessageRow>>(async () =>
        await ListAsync(Commands.Query("read_claimed_messages").With(partitions).With((long)limit), MessageRows.Read, cancellationToken));

    public ValueTask<IReadOnlyList<MessageRow>> ReadUnsentOfAsync(EnrolmentId enrolment, ContactId contact, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<MessageRow>>(async () =>
        await ListAsync(Commands.Query("read_unsent_of").With(Partition.Of(contact)).With(contact.Number).With(enrolment.Value), MessageRows.Read, cancellationToken));

    public ValueTask<IReadOnlyList<int>> ReadBlockedAsync(IReadOnlyList<BlockQuestion> questions, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<int>>(async () =>
        questions.Count == 0 ? [] : await ListAsync(
            Commands.Query("read_blocked")
                .Column(questions, static question => (short)Partition.Of(question.Contact).Index).Column(questions, static question => question.Contact.Number)
                .Column(questions, static question => question.Channel).Column(questions, static question => question.Topic)
                .Column(questions, static question => question.AddressHash).Column(questions, static question => question.Transactional),
            static row => (int)row.GetInt64(0) - 1, cancellationToken));
}
