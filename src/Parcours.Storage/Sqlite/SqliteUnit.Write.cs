using System.Collections.Immutable;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Sqlite;

/// <summary>What a batch of bursts made. Each kind of row is stepped in the order of its key: a commit costs the pages that it touches, hardly the rows.</summary>
partial class SqliteUnit
{
    /// <remarks>Hot path. Most sets come in order already: new contacts rise.</remarks>
    public ValueTask WriteAsync(WriteSet writes, CancellationToken cancellationToken)
    {
        Do(() =>
        {
            foreach (var recorded in InOrder(writes.RecordedEvents, static recorded => recorded.Sequence)) Write(recorded);
            WriteContacts(writes.Contacts);
            var enrolments = Query("save_enrolment");
            foreach (var enrolment in InOrder(writes.Enrolments, static enrolment => enrolment.Contact.Number)) EnrolmentRows.Write(enrolments, _writer.Names, enrolment);
            var timeline = Query("save_timeline");
            foreach (var line in InOrder(writes.Timeline, static line => line.Contact.Number))
                timeline.Bind(1, line.Contact.Number).Bind(2, line.Sequence).Bind(3, line.At).BindBlob(4, line.Body.Span).Run();
            WriteMessages(writes);
            foreach (var membership in InOrder(writes.Memberships, static membership => membership.Contact.Number)) Write(membership);
            foreach (var (key, by) in writes.Counters) Add(key, by);
            WriteRare(writes);
            foreach (var contact in writes.Forgotten) Forget(contact);
            foreach (var state in writes.States) Write(state);
            if (writes.Commit is { } commit)
                Query("insert_commit").Bind(1, commit.Sequence).Bind(2, commit.ClockBefore).Bind(3, commit.ClockAfter).Bind(4, commit.FirstEntry).Bind(5, commit.LastEntry)
                    .Bind(6, (long)commit.Entries).Bind(7, (long)commit.Timers).Bind(8, (long)commit.SendResults).Run();
        });
        return ValueTask.CompletedTask;
    }

    void Forget(ContactId contact)
    {
        _book.Forget(contact);
        Query("delete_contact").Bind(1, contact.Number).Run();
        Query("delete_timeline").Bind(1, contact.Number).Run();
        Query("delete_tasks_of").Bind(1, contact.Number).Run();
        Query("delete_notifications_of").Bind(1, contact.Number).Run();
    }

    void WriteContacts(List<ContactWrite> contacts)
    {
        var (update, save) = (Query("save_contact_body"), Query("save_contact"));
        foreach (var contact in InOrder(contacts, static contact => contact.Contact.Number))
        {
            if (!contact.New && update.Bind(1, contact.Contact.Number).Bind(2, contact.FlipAt).BindBlob(3, contact.Body.Span).RunAndCount() == 1) continue;
            save.Bind(1, contact.Contact).Bind(3, contact.FlipAt).BindBlob(4, contact.Body.Span);
            _book.SaveWith(save, contact.Contact);
        }
    }

    void WriteMessages(WriteSet writes)
    {
        var insert = Query("insert_message");
        foreach (var message in InOrder(writes.NewMessages, static message => message.Number))
        {
            MessageRows.Write(insert, _writer.Names, message);
            _writer.MessageKeys.Put(message.Key, message.Number);
            if (message is { Claimed: not null, Status: MessageStatus.Pending }) _writer.ClaimsOfUnit[message.Number] = true;
        }

        var update = Query("update_message");
        foreach (var change in InOrder(writes.MessageUpdates, static change => change.Number))
        {
            update.Bind(1, change.Number).Bind(2, (long)change.Status).Bind(3, change.Why).Bind(4, change.At).Bind(5, change.NotBefore).Bind(6, change.Claimed)
                .Bind(7, (long)change.Attempts).Bind(8, change.ContentVersion).Bind(9, change.Expires).Run();
            var isClaimed = change is { Claimed: not null, Status: MessageStatus.Pending };
            if (isClaimed || _writer.Claimed.Contains(change.Number) || _writer.ClaimsOfUnit.ContainsKey(change.Number)) _writer.ClaimsOfUnit[change.Number] = isClaimed;
        }

        foreach (var reactions in InOrder(writes.MessageReactions, static reactions => reactions.Number))
            Query("react_message").Bind(1, reactions.Number).Bind(2, (long)reactions.Opens).Bind(3, (long)reactions.Clicks).Run();
        foreach (var mail in writes.SandboxMails) Write(mail);
    }

    void Write(SandboxMail mail)
    {
        if (_writer.SandboxKeys.Find(mail.Key) is not null) return;
        var insert = Query("insert_sandbox_mail").Bind(1, mail.Key.Value).Bind(2, mail.Contact).Bind(4, mail.At).Bind(5, mail.From).Bind(6, mail.To).Bind(7, mail.Subject)
            .Bind(8, mail.Preheader).Bind(9, mail.Html).Bind(10, mail.Text).Bind(11, mail.HeadersJson);
        insert.Step();
        _writer.SandboxKeys.Put(mail.Key, insert.Long(0));
        insert.Reset();
    }

    void Write(RecordedEvent recorded)
    {
        var entry = new JournalEntry(
            Partition.Of(recorded.Contact), recorded.Sequence, recorded.Contact, EntryKind.Event, Origin.Journey, recorded.At, recorded.At, recorded.Name, recorded.Body, false, [], []);
        EntryRows.Write(Query("append_entry"), _writer.EventNames, entry, isRecorded: true, _identities);
    }

    void Write(MembershipRow membership)
    {
        var statement = Query(membership.Member ? "save_member" : "delete_member");
        _writer.Names.BindNew(statement, 1, membership.Kind);
        _writer.Names.BindNew(statement, 2, membership.Name);
        if (membership.Member) statement.Bind(3, membership.Contact).Bind(5, membership.At).Run();
        else statement.Bind(3, membership.Contact.Number).Run();
    }

    void Add(CounterKey key, long by)
    {
        var add = Query("add_to_counter").Bind(1, (long)key.Kind);
        _writer.Names.BindNew(add, 2, key.Journey.Value ?? "").Bind(3, (long)key.Version);
        _writer.Names.BindNew(add, 4, key.Point ?? "");
        _writer.Names.BindNew(add, 5, key.Edge ?? "").Bind(6, by).Run();
    }

    void Write(PartitionState state)
    {
        ref var numbers = ref _writer.State[state.Partition];
        if (state.Epoch < numbers.Epoch)
            throw new StoreException($"Partition {state.Partition.Index} has epoch {numbers.Epoch}, and the unit writes as of epoch {state.Epoch}: somebody else owns it now.");
        (numbers.Cursor, numbers.Clock, numbers.Epoch) = (state.Cursor, state.Clock.ToMicroseconds(), state.Epoch);
        _writer.State.IsChanged = true;
    }

    /// <summary>By key, and rows of one key in the order in which they came: the later row stands.</summary>
    static IEnumerable<T> InOrder<T>(List<T> rows, Func<T, long> key)
    {
        for (var i = 1; i < rows.Count; i++)
            if (key(rows[i - 1]) > key(rows[i]))
                return rows.OrderBy(key);
        return rows;
    }
}
