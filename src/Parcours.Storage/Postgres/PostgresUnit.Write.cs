using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>What a batch of bursts made: one statement a table, all of them in one round trip.</summary>
partial class PostgresUnit
{
    const string BeforeWrite = "write";

    public ValueTask WriteAsync(WriteSet writes, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        try
        {
            await WriteAsync(writes, trusts: true, cancellationToken);
        }
        catch (PostgresException found) when (found.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await _connection.RollbackToAsync(BeforeWrite, cancellationToken);
            await WriteAsync(writes, trusts: false, cancellationToken);
        }

        if (writes.Forgotten.Count > 0) await ForgetAsync(writes.Forgotten, cancellationToken);
    });

    /// <param name="trusts">What is said to be new is; else it is looked for.</param>
    async ValueTask WriteAsync(WriteSet writes, bool trusts, CancellationToken cancellationToken)
    {
        List<NpgsqlBatchCommand> commands = [];
        AddHistory(commands, writes, trusts);
        AddContacts(commands, writes.Contacts, trusts);
        AddEnrolments(commands, writes.Enrolments, trusts);
        AddMessages(commands, writes, trusts);
        AddMembers(commands, writes.Memberships);
        AddCounters(commands, writes.Counters);
        AddRare(commands, writes);
        foreach (var state in writes.States) Take(state);
        if (writes.Commit is { } commit) AddCommit(commands, commit);
        if (commands.Count > 0) await ExecuteAsync(trusts ? [new("SAVEPOINT " + BeforeWrite), .. commands] : commands, cancellationToken);
    }

    void AddHistory(List<NpgsqlBatchCommand> commands, WriteSet writes, bool trusts)
    {
        if (writes.RecordedEvents.Count > 0)
        {
            List<JournalEntry> entries = [.. writes.RecordedEvents.Select(recorded => new JournalEntry(
                Partition.Of(recorded.Contact), recorded.Sequence, recorded.Contact, EntryKind.Event, Origin.Journey, recorded.At, recorded.At, recorded.Name, recorded.Body, false, [], []))];
            foreach (var entry in entries) Touch(entry.Partition);
            commands.Add(EntryRows.Insert(entries, isRecorded: true));
            AddEventNames(commands, entries);
        }

        var lines = Last(writes.Timeline, static line => (line.Contact.Number, line.Sequence));
        if (lines.Count == 0) return;
        foreach (var line in lines) Touch(line.Contact);
        commands.Add(Commands.Save("save_timeline", isNew: trusts)
            .Column(lines, static line => (short)Partition.Of(line.Contact).Index).Column(lines, static line => line.Contact.Number).Column(lines, static line => line.Sequence)
            .Column(lines, static line => line.At.ToMicroseconds()).Column(lines, static line => line.Body.Bytes()));
    }

    void AddContacts(List<NpgsqlBatchCommand> commands, List<ContactWrite> writes, bool trusts)
    {
        var contacts = Last(writes, static write => write.Contact.Number);
        foreach (var contact in contacts) Touch(contact.Contact);
        foreach (var (isNew, rows) in Apart(contacts, write => trusts && write.New))
            commands.Add(Commands.Save("save_contacts", isNew)
                .Column(rows, static write => (short)Partition.Of(write.Contact).Index).Column(rows, static write => write.Contact.Number).Column(rows, static write => write.Contact.High())
                .Column(rows, static write => write.FlipAt?.ToMicroseconds()).Column(rows, static write => write.Body.Bytes()));
    }

    void AddEnrolments(List<NpgsqlBatchCommand> commands, List<EnrolmentRow> writes, bool trusts)
    {
        var enrolments = Last(writes, static write => (write.Contact.Number, write.Journey.Value, write.Number));
        foreach (var enrolment in enrolments) Touch(enrolment.Contact);
        foreach (var (isNew, rows) in Apart(enrolments, write => trusts && write.New))
            commands.Add(EnrolmentRows.Save(rows, isNew));
    }

    /// <summary>The new ones and the others, each where there are any.</summary>
    static IEnumerable<(bool IsNew, List<T> Rows)> Apart<T>(List<T> rows, Func<T, bool> isNew)
    {
        var made = rows.FindAll(row => isNew(row));
        if (made.Count > 0) yield return (true, made);
        if (made.Count < rows.Count) yield return (false, rows.FindAll(row => !isNew(row)));
    }

    void AddMessages(List<NpgsqlBatchCommand> commands, WriteSet writes, bool trusts)
    {
        if (writes.NewMessages.Count > 0)
        {
            foreach (var message in writes.NewMessages) Touch(message.Contact);
            commands.Add(MessageRows.Insert(writes.NewMessages, isNew: trusts));
        }

        // Of one message each word in its turn: a statement hits a row once.
        foreach (var round in Rounds(writes.MessageUpdates, static update => update.Number))
        {
            foreach (var update in round) Touch(update.Contact);
            commands.Add(MessageRows.Update(round));
        }

        foreach (var round in Rounds(writes.MessageReactions, static reactions => reactions.Number))
            commands.Add(Commands.Query("react_messages")
                .Column(round, static reactions => (short)Partition.Of(reactions.Contact).Index).Column(round, static reactions => reactions.Number)
                .Column(round, static reactions => reactions.Opens).Column(round, static reactions => reactions.Clicks));
        foreach (var mail in writes.SandboxMails)
            commands.Add(Commands.Query("insert_sandbox_mail").With(mail.Key.Value).With(mail.Contact.Number).With(mail.Contact.High()).With(mail.At).With(mail.From).With(mail.To)
                .With(mail.Subject).With(mail.Preheader).With(mail.Html).With(mail.Text).With(mail.HeadersJson));
    }

    void AddMembers(List<NpgsqlBatchCommand> commands, List<MembershipRow> writes)
    {
        var rows = Last(writes, static row => (row.Kind, row.Name, row.Contact.Number));
        foreach (var row in rows) Touch(row.Contact);
        List<MembershipRow> joined = [.. rows.Where(row => row.Member)], left = [.. rows.Where(row => !row.Member)];
        if (joined.Count > 0)
            commands.Add(Commands.Query("save_members")
                .Column(joined, static row => (short)Partition.Of(row.Contact).Index).Column(joined, static row => row.Kind).Column(joined, static row => row.Name)
                .Column(joined, static row => row.Contact.Number).Column(joined, static row => row.Contact.High()).Column(joined, static row => row.At.ToMicroseconds()));
        if (left.Count > 0)
            commands.Add(Commands.Query("delete_members")
                .Column(left, static row => (short)Partition.Of(row.Contact).Index).Column(left, static row => row.Kind).Column(left, static row => row.Name).Column(left, static row => row.Contact.Number));
    }

    void AddCounters(List<NpgsqlBatchCommand> commands, Dictionary<CounterKey, long> counters)
    {
        if (counters.Count == 0) return;
        // Sorted, since two units of no partition may count the same.
        List<KeyValuePair<CounterKey, long>> rows = [.. counters.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Journey.Value, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Version).ThenBy(pair => pair.Key.Point, StringComparer.Ordinal).ThenBy(pair => pair.Key.Edge, StringComparer.Ordinal)];
        commands.Add(Commands.Query("add_to_counters").With(Lowest)
            .Column(rows, static row => (short)row.Key.Kind).Column(rows, static row => row.Key.Journey.Value ?? "").Column(rows, static row => row.Key.Version)
            .Column(rows, static row => row.Key.Point ?? "").Column(rows, static row => row.Key.Edge ?? "").Column(rows, static row => row.Value));
        foreach (var partition in Partitions)
        {
            Touch(partition);
            break;
        }
    }

    /// <summary>Under which partition a unit of many keeps what is nobody's alone.</summary>
    Partition Lowest => Partitions == PartitionSet.None ? new Partition(0) : Partitions.First();

    void AddCommit(List<NpgsqlBatchCommand> commands, CommitRow commit) =>
        commands.Add(Commands.Query("insert_commit").With(Lowest).With(commit.Sequence > 0 ? commit.Sequence : TakeSequence(Lowest)).With(Numbers[Lowest.Index].Epoch)
            .With(commit.ClockBefore).With(commit.ClockAfter).With(commit.FirstEntry).With(commit.LastEntry).With(commit.Entries).With(commit.Timers).With(commit.SendResults));

    void Take(PartitionState state)
    {
        ref var numbers = ref Numbers[state.Partition.Index];
        if (state.Epoch < numbers.Epoch)
            throw new StoreException($"Partition {state.Partition.Index} has epoch {numbers.Epoch}, and the unit writes as of epoch {state.Epoch}: somebody else owns it now.");
        var clock = state.Clock.ToMicroseconds();
        if ((numbers.Cursor, numbers.Clock, numbers.Epoch) == (state.Cursor, clock, state.Epoch)) return;
        (numbers.Cursor, numbers.Clock, numbers.Epoch) = (state.Cursor, clock, state.Epoch);
        numbers.Sequence = Math.Max(numbers.Sequence, state.Cursor);
        Touch(state.Partition);
    }

    /// <summary>Of rows with the same key the later one, in the order of the keys' first appearance.</summary>
    static List<T> Last<T, TKey>(List<T> rows, Func<T, TKey> key)
        where TKey : notnull
    {
        var places = new Dictionary<TKey, int>(rows.Count);
        List<T> last = new(rows.Count);
        foreach (var row in rows)
            if (places.TryAdd(key(row), last.Count)) last.Add(row);
            else last[places[key(row)]] = row;
        return last;
    }

    /// <summary>Rows in lists in which no key comes twice: first all first ones, then all second ones.</summary>
    static List<List<T>> Rounds<T>(List<T> rows, Func<T, long> key)
    {
        List<List<T>> rounds = [];
        Dictionary<long, int> next = [];
        foreach (var row in rows)
        {
            var round = next.GetValueOrDefault(key(row));
            next[key(row)] = round + 1;
            if (round == rounds.Count) rounds.Add([]);
            rounds[round].Add(row);
        }

        return rounds;
    }
}
