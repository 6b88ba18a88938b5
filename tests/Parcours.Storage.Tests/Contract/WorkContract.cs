using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Tests.Contract;

/// <summary>What a worker stores comes back as it was, in the order in which it works.</summary>
public abstract class WorkContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public async Task Contacts_are_loaded_as_stored_and_who_has_no_row_is_absent()
    {
        var contacts = await NewContactsAsync(4);
        await WriteAsync(writes =>
        {
            writes.Contacts.Add(new ContactWrite(contacts[2], Bytes("three"), null, New: true));
            writes.Contacts.Add(new ContactWrite(contacts[0], Bytes("one"), null, New: true));
            writes.Contacts.Add(new ContactWrite(contacts[0], Bytes("one, later"), null, New: false));
        });
        await WriteAsync(writes => writes.Contacts.Add(new ContactWrite(contacts[2], Bytes("three, changed"), Monday, New: false)));
        await CrashAsync();

        Dictionary<ContactId, ReadOnlyMemory<byte>> loaded = [];
        var forged = ContactId.Create(contacts[0].Number, 1, 1);
        await InUnitAsync(async unit =>
        {
            await unit.LoadContactsAsync([contacts[3], contacts[2], contacts[0], forged], loaded, Cancellation);
            Assert.Equal([(contacts[0], "one, later"), (contacts[2], "three, changed")], loaded.OrderBy(pair => pair.Key).Select(pair => (pair.Key, Text(pair.Value))));
        });
        Assert.Equal("one, later", Text((await Store.Queries.ContactAsync(contacts[0], Cancellation))!.Body));
        Assert.Null(await Store.Queries.ContactAsync(forged, Cancellation));
        Assert.Equal([(contacts[0], "one, later"), (contacts[2], "three, changed")], (await Store.Queries.ContactsAsync([contacts[2], contacts[3], forged, contacts[0]], Cancellation)).OrderBy(body => body.Contact).Select(body => (body.Contact, Text(body.Body))));
        Assert.Empty(await Store.Queries.ContactsAsync([], Cancellation));
    }

    /// Semantics 8.1
    [Fact]
    public async Task Timers_come_by_queue_due_and_enrolment_page_by_page()
    {
        var contacts = await NewContactsAsync(5);
        await WriteAsync(writes =>
        {
            writes.Enrolments.Add(Waiting(contacts[4], Welcome, Monday + Hour));
            writes.Enrolments.Add(Waiting(contacts[1], Welcome, Monday + 2 * Hour));
            writes.Enrolments.Add(Waiting(contacts[0], Welcome, Monday + 2 * Hour, number: 2));
            writes.Enrolments.Add(Waiting(contacts[0], Welcome, Monday + 2 * Hour));
            writes.Enrolments.Add(Waiting(contacts[2], Welcome, Monday + 3 * Hour));
            writes.Enrolments.Add(Waiting(contacts[3], Welcome, due: null));
            writes.Enrolments.Add(Waiting(contacts[3], Welcome, Monday, queue: TimerQueue.Calendar, number: 2));
            writes.Enrolments.Add(Waiting(contacts[3], WinBack, Monday));
        });
        await CrashAsync();

        await InUnitAsync(async unit =>
        {
            List<DueTimer> due = [];
            for (DueTimer? after = null; ;)
            {
                var page = await unit.ReadTimersAsync(PartitionSet.All, Welcome, TimerQueue.Elapsed, Monday + 2 * Hour, after, 2, Cancellation);
                if (page.Count == 0) break;
                due.AddRange(page);
                after = page[^1];
            }

            Assert.Equal(
                [(contacts[4], 1, Monday + Hour), (contacts[0], 1, Monday + 2 * Hour), (contacts[0], 2, Monday + 2 * Hour), (contacts[1], 1, Monday + 2 * Hour)],
                due.Select(timer => (timer.Contact, timer.Number, timer.Due)));
            Assert.All(due, timer => Assert.Equal(EnrolmentId.Of(Welcome, timer.Contact, timer.Number), timer.Enrolment));
            var mine = PartitionSet.Of(Partition.Of(contacts[1]));
            var ofPartition = await unit.ReadTimersAsync(mine, Welcome, TimerQueue.Elapsed, Monday + 3 * Hour, null, 10, Cancellation);
            Assert.Contains(ofPartition, timer => timer.Contact == contacts[1]);
            Assert.All(ofPartition, timer => Assert.True(mine.Contains(Partition.Of(timer.Contact))));
            Assert.Single(await unit.ReadTimersAsync(PartitionSet.All, Welcome, TimerQueue.Calendar, Monday, null, 10, Cancellation));
        });
    }

    [Fact]
    public async Task Who_goes_on_or_ends_is_no_longer_due_and_no_longer_in_the_queue_of_the_point()
    {
        var contacts = await NewContactsAsync(3);
        var waiting = contacts.Select(contact => Waiting(contact, Welcome, Monday)).ToArray();
        await WriteAsync(writes => writes.Enrolments.AddRange(waiting));

        await WriteAsync(writes =>
        {
            writes.Enrolments.Add(Ended(waiting[0], Monday + Hour));
            writes.Enrolments.Add(waiting[1] with { Point = "later", Due = Monday + Hour, New = false, Revision = 2, Body = Bytes("state two") });
        });
        await CrashAsync();

        await InUnitAsync(async unit =>
        {
            Assert.Equal([contacts[2]], (await unit.ReadTimersAsync(PartitionSet.All, Welcome, TimerQueue.Elapsed, Monday, null, 10, Cancellation)).Select(timer => timer.Contact));
            Assert.Equal([contacts[1], contacts[2]], await unit.ReadInsideAsync(PartitionSet.All, Welcome, 0, 10, Cancellation));
            Assert.Equal([contacts[1]], await unit.ReadInsideAsync(PartitionSet.All, Welcome, 0, 1, Cancellation));
            Assert.Equal([contacts[2]], await unit.ReadInsideAsync(PartitionSet.All, Welcome, contacts[1].Number, 10, Cancellation));
            Assert.Empty(await unit.ReadInsideAsync(PartitionSet.All, WinBack, 0, 10, Cancellation));
        });
        Assert.Equal([contacts[2]], (await Store.Queries.QueueAsync(Welcome, "wait", 0, 10, Cancellation)).Select(row => row.Contact));
        Assert.Equal([contacts[1]], (await Store.Queries.QueueAsync(Welcome, "later", 0, 10, Cancellation)).Select(row => row.Contact));
        AssertSame(Ended(waiting[0], Monday + Hour), Assert.Single(await Store.Queries.EnrolmentsOfAsync(contacts[0], 10, Cancellation)));
    }

    /// Semantics 3.8
    [Fact]
    public async Task Who_failed_is_found_by_the_point_page_by_page_until_put_back()
    {
        var contacts = await NewContactsAsync(3);
        EnrolmentRow Failed(ContactId contact, string point, int number = 1) => Ended(Waiting(contact, Welcome, Monday, number: number), Monday + Hour) with { Point = point, Outcome = Outcome.Failed, Why = "it broke", New = true };
        EnrolmentRow[] failed = [Failed(contacts[2], "mail"), Failed(contacts[0], "mail", 2), Failed(contacts[0], "mail"), Failed(contacts[1], "tag")];
        await WriteAsync(writes =>
        {
            writes.Enrolments.AddRange(failed);
            writes.Enrolments.Add(Ended(Waiting(contacts[1], Welcome, Monday, number: 2), Monday + Hour) with { Point = "mail", New = true });
            writes.Enrolments.Add(Waiting(contacts[1], Welcome, Monday, "mail", number: 3));
            writes.Enrolments.Add(Failed(contacts[1], "mail") with { Journey = WinBack });
        });
        await CrashAsync();

        AssertSame(failed[2], (await Store.Queries.FailedAsync(Welcome, "mail", null, 1, Cancellation)).Single());
        Assert.Equal([(contacts[0], 1), (contacts[0], 2), (contacts[2], 1)], await PagesAsync("mail"));
        Assert.Equal([(contacts[1], 1)], await PagesAsync("tag"));
        Assert.Equal([(contacts[0], 1), (contacts[0], 2), (contacts[1], 1), (contacts[2], 1)], (await PagesAsync(null)).OrderBy(row => row.Contact).ThenBy(row => row.Number));
        Assert.Empty(await PagesAsync("nowhere"));

        await WriteAsync(writes => writes.Enrolments.Add(failed[1] with { Point = "wait", Due = Monday + 2 * Hour, Outcome = null, EndedAt = null, Why = "delay", Revision = 9, New = false }));
        await CrashAsync();

        Assert.Equal([(contacts[0], 1), (contacts[2], 1)], await PagesAsync("mail"));
        Assert.Equal([contacts[0]], (await Store.Queries.QueueAsync(Welcome, "wait", 0, 10, Cancellation)).Select(row => row.Contact));
        await InUnitAsync(async unit => Assert.Equal((contacts[0], 2), (await unit.ReadTimersAsync(PartitionSet.All, Welcome, TimerQueue.Elapsed, Monday + 2 * Hour, null, 10, Cancellation)).Where(timer => timer.Due == Monday + 2 * Hour).Select(timer => (timer.Contact, timer.Number)).Single()));

        async Task<List<(ContactId Contact, int Number)>> PagesAsync(string? point)
        {
            List<(ContactId, int)> found = [];
            for (FailedCursor? after = null; ;)
            {
                var page = await Store.Queries.FailedAsync(Welcome, point, after, 1, Cancellation);
                if (page.Count == 0)
                    return found;
                found.Add((page[0].Contact, page[0].Number));
                after = FailedCursor.After(page[0]);
            }
        }
    }

    /// Semantics 7.6
    [Fact]
    public async Task Flip_timers_come_by_time_and_move_with_their_contact()
    {
        var contacts = await NewContactsAsync(4);
        await WriteAsync(writes =>
        {
            for (var i = 0; i < 4; i++) writes.Contacts.Add(new ContactWrite(contacts[i], Bytes("body"), Monday + Hour * (4 - i), New: true));
        });
        await WriteAsync(writes =>
        {
            writes.Contacts.Add(new ContactWrite(contacts[0], Bytes("moved"), Monday, New: false));
            writes.Contacts.Add(new ContactWrite(contacts[1], Bytes("none"), null, New: false));
        });
        await CrashAsync();

        await InUnitAsync(async unit =>
        {
            var first = await unit.ReadFlipsAsync(PartitionSet.All, Monday + 2 * Hour, null, 2, Cancellation);
            var rest = await unit.ReadFlipsAsync(PartitionSet.All, Monday + 2 * Hour, first[^1], 2, Cancellation);
            Assert.Equal([new DueFlip(contacts[0], Monday), new DueFlip(contacts[3], Monday + Hour), new DueFlip(contacts[2], Monday + 2 * Hour)], [.. first, .. rest]);
        });
    }

    [Fact]
    public async Task Flip_timers_of_one_instant_are_paged_too()
    {
        var contacts = await NewContactsAsync(5);
        await WriteAsync(writes => writes.Contacts.AddRange(contacts.Select((contact, i) => new ContactWrite(contact, Bytes("body"), Monday + Hour * (i / 4), New: true))));

        List<ContactId> all = [];
        await InUnitAsync(async unit =>
        {
            for (DueFlip? after = null; ;)
            {
                var page = await unit.ReadFlipsAsync(PartitionSet.All, Monday + Hour, after, 2, Cancellation);
                if (page.Count == 0) break;
                all.AddRange(page.Select(flip => flip.Contact));
                after = page[^1];
            }
        });

        Assert.Equal(contacts, all);
    }

    /// Semantics 10.5, 10.8
    [Fact]
    public async Task A_message_waits_is_claimed_and_is_settled()
    {
        var contacts = await NewContactsAsync(2);
        var messages = await InUnitAsync(async unit =>
        {
            var made = contacts.SelectMany(contact => new[]
            {
                Message(unit.TakeMessageNumber(Partition.Of(contact)), contact, Welcome),
                Message(unit.TakeMessageNumber(Partition.Of(contact)), contact, WinBack, notBefore: Monday + Hour),
            }).ToList();
            var writes = new WriteSet();
            writes.NewMessages.AddRange(made);
            await unit.WriteAsync(writes, Cancellation);
            return made;
        });
        await CrashAsync();

        Assert.Equal([messages[0], messages[2]], await PendingAsync(Monday), Same);
        Assert.Equal([messages[0], messages[2], messages[1], messages[3]], await PendingAsync(Monday + Hour), Same);
        Assert.Equal([messages[2]], await PendingAsync(Monday, (messages[0].NotBefore, messages[0].Number)), Same);
        await WriteAsync(writes => writes.MessageUpdates.AddRange([
            Update(messages[0], MessageStatus.Pending, claimed: Monday), Update(messages[1], MessageStatus.Pending, claimed: Monday), Update(messages[2], MessageStatus.Cancelled)]));
        await CrashAsync();

        Assert.Equal([messages[3]], await PendingAsync(Monday + Hour), Same);
        Assert.Equal([messages[0].Number, messages[1].Number], await ClaimedAsync());
        await WriteAsync(writes => writes.MessageUpdates.AddRange([
            Update(messages[0], MessageStatus.Sent), Update(messages[1], MessageStatus.Pending) with { NotBefore = Monday + 2 * Hour, Attempts = 2 }]));
        Assert.Empty(await ClaimedAsync());
        await CrashAsync();

        Assert.Empty(await ClaimedAsync());
        Assert.Equal([messages[3].Number], (await PendingAsync(Monday + Hour)).Select(message => message.Number));
        var again = (await PendingAsync(Monday + 2 * Hour)).Single(message => message.Number == messages[1].Number);
        Assert.Equal((messages[1].Number, 2, null), (again.Number, again.Attempts, again.Claimed));
        var sent = await Store.Queries.MessageAsync(messages[0].Key, Cancellation);
        Assert.Equal((MessageStatus.Sent, Monday), (sent!.Status, sent.SettledAt));
        await WriteAsync(writes => writes.MessageUpdates.Add(Update(messages[0], MessageStatus.Opened) with { At = Monday + Hour }));
        var opened = await Store.Queries.MessageAsync(messages[0].Key, Cancellation);
        Assert.Equal((MessageStatus.Opened, Monday), (opened!.Status, opened.SettledAt));
    }

    /// Semantics 10.5
    [Fact]
    public async Task What_came_back_of_a_message_is_not_lowered_by_what_the_outbox_says_later()
    {
        var contact = await NewContactAsync("ada");
        var message = Message(1, contact, Welcome);
        await WriteAsync(writes => writes.NewMessages.Add(message));
        await WriteAsync(writes => writes.MessageUpdates.Add(Update(message, MessageStatus.Pending, claimed: Monday)));
        await WriteAsync(writes => writes.MessageUpdates.Add(Update(message, MessageStatus.Delivered)));

        foreach (var told in new[] { MessageStatus.Pending, MessageStatus.Failed, MessageStatus.InDoubt, MessageStatus.Sent, MessageStatus.Cancelled })
            await WriteAsync(writes => writes.MessageUpdates.Add(Update(message, told) with { At = Monday + Hour }));

        await CrashAsync();
        var kept = await Store.Queries.MessageAsync(message.Key, Cancellation);
        Assert.Equal((MessageStatus.Delivered, Monday, null), (kept!.Status, kept.SettledAt, kept.Claimed));
        Assert.Empty(await PendingAsync(Monday + 9 * Hour));
        Assert.Empty(await ClaimedAsync());
    }

    /// Semantics 10.8
    [Fact]
    public async Task A_message_that_waits_again_has_a_new_expiry()
    {
        var contact = await NewContactAsync("ada");
        var message = Message(1, contact, Welcome);
        await WriteAsync(writes => writes.NewMessages.Add(message));
        await WriteAsync(writes => writes.MessageUpdates.Add(Update(message, MessageStatus.Failed)));

        await WriteAsync(writes => writes.MessageUpdates.Add(Update(message, MessageStatus.Pending) with { NotBefore = Monday, Expires = Monday + 99 * Hour }));

        await CrashAsync();
        var waiting = Assert.Single(await PendingAsync(Monday));
        Assert.Equal((message.Number, Monday + 99 * Hour, null), (waiting.Number, waiting.Expires, waiting.SettledAt));
    }

    /// Semantics 10.6
    [Fact]
    public async Task The_unsent_messages_of_an_enrolment_are_found()
    {
        var contacts = await NewContactsAsync(2);
        MessageRow[] messages = [Message(1, contacts[0], Welcome), Message(2, contacts[0], Welcome, Monday + Hour), Message(3, contacts[0], WinBack), Message(4, contacts[1], Welcome)];
        await WriteAsync(writes => writes.NewMessages.AddRange(messages));
        await WriteAsync(writes => writes.MessageUpdates.Add(Update(messages[0], MessageStatus.Sent)));

        var unsent = await InUnitAsync(async unit => await unit.ReadUnsentOfAsync(EnrolmentId.Of(Welcome, contacts[0], 1), contacts[0], Cancellation));

        Assert.Equal([messages[1]], unsent, Same);
    }

    /// Semantics 10.3, 10.4
    [Fact]
    public async Task A_block_is_seen_by_every_later_claim_until_it_is_lifted()
    {
        var contacts = await NewContactsAsync(2);
        var address = Hash("ada@example.org");
        BlockQuestion[] questions =
        [
            new(contacts[0], "email", "offers", null), new(contacts[0], "email", "news", null), new(contacts[0], "sms", "offers", null),
            new(contacts[1], "email", "offers", null), new(contacts[1], "email", "offers", address), new(contacts[1], "email", "news", Hash("other"))
        ];
        var offers = new BlockRow(contacts[0], "email", "offers", null, "unsubscribed", Monday, Lifted: false);
        await WriteAsync(writes => writes.Blocks.AddRange([offers, new BlockRow(null, "email", "*", address, "bounced", Monday, Lifted: false)]));
        await CrashAsync();
        Assert.Equal([0, 4], await BlockedAsync());

        await WriteAsync(writes => writes.Blocks.AddRange([offers with { Lifted = true }, offers with { Topic = "*" }]));
        Assert.Equal([0, 1, 4], await BlockedAsync());

        await WriteAsync(writes => writes.Blocks.AddRange([offers with { Topic = "*", Lifted = true }, new BlockRow(null, "email", "*", address, "", Monday, Lifted: true)]));
        Assert.Empty(await BlockedAsync());

        Task<IReadOnlyList<int>> BlockedAsync() => InUnitAsync(async unit => await unit.ReadBlockedAsync(questions, Cancellation));
    }

    [Fact]
    public async Task Contacts_of_some_partitions_come_by_number()
    {
        var contacts = await NewContactsAsync(20);
        await WriteAsync(writes => writes.Contacts.AddRange(contacts.Select(contact => new ContactWrite(contact, Bytes($"{contact.Number}"), null, New: true))));
        var mine = PartitionSet.Of(Partition.Of(contacts[3])).With(Partition.Of(contacts[7]));

        var read = await InUnitAsync(async unit => await unit.ReadContactsAsync(mine, contacts[0].Number, 10, Cancellation));

        Assert.Equal(contacts.Skip(1).Where(contact => mine.Contains(Partition.Of(contact))), read.Select(body => body.Contact));
        Assert.All(read, body => Assert.Equal($"{body.Contact.Number}", Text(body.Body)));
    }

    protected static void AssertSame(EnrolmentRow expected, EnrolmentRow actual)
    {
        Assert.Equal(Text(expected.Body), Text(actual.Body));
        Assert.Equal(expected with { Body = default, New = false }, actual with { Body = default });
    }

    static bool Same(MessageRow one, MessageRow other) => one with { Data = default } == other with { Data = default } && Text(one.Data) == Text(other.Data);

    static MessageUpdate Update(MessageRow message, MessageStatus status, Instant? claimed = null) => new(message.Number, message.Contact, status, null, Monday, null, claimed, 1, null);

    Task<IReadOnlyList<MessageRow>> PendingAsync(Instant upTo, (Instant NotBefore, long Number)? after = null) =>
        InUnitAsync(async unit => await unit.ReadPendingMessagesAsync(PartitionSet.All, upTo, after, 100, Cancellation));

    async Task<IEnumerable<long>> ClaimedAsync() =>
        (await InUnitAsync(async unit => await unit.ReadClaimedMessagesAsync(PartitionSet.All, 100, Cancellation))).Select(message => message.Number);
}
