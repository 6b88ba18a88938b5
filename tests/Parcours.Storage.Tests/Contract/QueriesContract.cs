using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Tests.Contract;

/// <summary>What the API reads: pages by key, as of one commit.</summary>
public abstract class QueriesContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    [Fact]
    public async Task Contacts_page_up_and_down_by_number()
    {
        var contacts = await NewContactsAsync(5);
        await WriteAsync(writes => writes.Contacts.AddRange(contacts.Select(contact => new ContactWrite(contact, Bytes("body"), null, New: true))));

        var up = await Store.Queries.ContactsAsync(contacts[1].Number, descending: false, 2, Cancellation);
        var newest = await Store.Queries.ContactsAsync(0, descending: true, 2, Cancellation);
        var down = await Store.Queries.ContactsAsync(newest[^1].Contact.Number, descending: true, 2, Cancellation);

        Assert.Equal([contacts[2], contacts[3]], up.Select(body => body.Contact));
        Assert.Equal([contacts[4], contacts[3], contacts[2], contacts[1]], newest.Concat(down).Select(body => body.Contact));
    }

    /// Semantics 3.7
    [Fact]
    public async Task A_timeline_pages_from_the_newest_line_down_with_the_events_that_it_refers_to()
    {
        var first = (await AppendAsync(Event("signed up", User("ada")))).Entries[0];
        var ada = first.Contact;
        var (timer, recorded) = await InUnitAsync(async unit =>
        {
            var partition = Partition.Of(ada);
            var (timer, recorded) = (unit.TakeSequence(partition), unit.TakeSequence(partition));
            var writes = new WriteSet();
            writes.Timeline.Add(new TimelineRow(ada, first.Sequence, first.ReceivedAt, default));
            writes.Timeline.Add(new TimelineRow(ada, timer, Monday, Bytes("trail")));
            writes.RecordedEvents.Add(new RecordedEvent(ada, recorded, "thanked", Monday, Bytes("by a journey")));
            writes.Timeline.Add(new TimelineRow(ada, recorded, Monday, default));
            await unit.WriteAsync(writes, Cancellation);
            return (timer, recorded);
        });

        var newest = await Store.Queries.TimelineAsync(ada, null, 2, Cancellation);
        var older = await Store.Queries.TimelineAsync(ada, newest[^1].Row.Sequence, 2, Cancellation);

        Assert.Equal([(recorded, "thanked"), (timer, null)], newest.Select(item => (item.Row.Sequence, item.Event?.Name)));
        Assert.Equal([(first.Sequence, "signed up")], older.Select(item => (item.Row.Sequence, item.Event?.Name)));
        Assert.Equal((Origin.Journey, "by a journey"), (newest[0].Event!.Origin, Text(newest[0].Event!.Body)));
        Assert.Equal("trail", Text(newest[1].Row.Body));
        await CrashAsync();
        // What a journey recorded was processed by the burst that made it.
        Assert.DoesNotContain(
            await InUnitAsync(async unit => await unit.ReadEntriesAsync(Partition.Of(ada), 0, 10, Cancellation)), entry => entry.Name == "thanked");
    }

    [Fact]
    public async Task Events_come_in_order_of_the_journal_by_name_and_partition()
    {
        var results = await AppendAsync(
            Event("looked", User("ada")), Event("bought", User("ada")), Event("", User("ada")) with { Kind = EntryKind.Edits, Name = null }, Event("bought", User("bob")), Event("left", User("ada")));
        var all = PartitionSet.All;
        var last = results[^1].Entries[0].Sequence;

        var bought = await Store.Queries.EventsAsync(all, ["bought"], 0, last, 10, Cancellation);
        var page = await Store.Queries.EventsAsync(all, null, results[0].Entries[0].Sequence, last - 1, 1, Cancellation);
        var ofBob = await Store.Queries.EventsAsync(PartitionSet.Of(Partition.Of(results[3].Contact)), null, 0, last, 10, Cancellation);

        Assert.Equal([results[0].Contact, results[3].Contact], bought.Select(stored => stored.Contact));
        Assert.Equal(["bought"], page.Select(stored => stored.Name));
        Assert.Contains(ofBob, stored => stored.Contact == results[3].Contact);
        Assert.All(ofBob, stored => Assert.Equal(Partition.Of(results[3].Contact), stored.Partition));
        Assert.Empty(await Store.Queries.EventsAsync(all, null, last, last + 100, 10, Cancellation));
        Assert.Equal(["bought", "left", "looked"], await Store.Queries.EventNamesAsync(10, Cancellation));
    }

    [Fact]
    public async Task Counters_add_up_over_commits_and_are_found_by_kind_and_journey()
    {
        var started = new CounterKey(CounterKind.Started, Welcome, 3, "", "");
        var left = new CounterKey(CounterKind.Left, WinBack, 1, "wait", "yes");
        await WriteAsync(writes => (writes.Counters[started], writes.Counters[left]) = (2, 1));
        await WriteAsync(writes => (writes.Counters[started], writes.Counters[left]) = (3, -1));
        await CrashAsync();

        var all = await Store.Queries.CountersAsync(null, null, Cancellation);

        Assert.Equal(new Dictionary<CounterKey, long> { [started] = 5, [left] = 0 }, all);
        Assert.Equal([started], (await Store.Queries.CountersAsync(CounterKind.Started, null, Cancellation)).Keys);
        Assert.Equal([left], (await Store.Queries.CountersAsync(null, WinBack, Cancellation)).Keys);
        Assert.Empty(await Store.Queries.CountersAsync(null, new JourneyId("unheard-of"), Cancellation));
    }

    [Fact]
    public async Task Members_join_leave_and_page_by_number()
    {
        var contacts = await NewContactsAsync(4);
        await WriteAsync(writes => writes.Memberships.AddRange(contacts.Select(contact => new MembershipRow("segment", "vip", contact, true, Monday))));
        await WriteAsync(writes => writes.Memberships.AddRange([
            new MembershipRow("segment", "vip", contacts[1], false, Monday), new MembershipRow("list", "vip", contacts[0], true, Monday)]));

        var first = await Store.Queries.MembersAsync("segment", "vip", 0, 2, Cancellation);
        var rest = await Store.Queries.MembersAsync("segment", "vip", first[^1].Contact.Number, 2, Cancellation);

        Assert.Equal([contacts[0], contacts[2], contacts[3]], first.Concat(rest).Select(member => member.Contact));
        Assert.Equal(new MembershipRow("list", "vip", contacts[0], true, Monday), Assert.Single(await Store.Queries.MembersAsync("list", "vip", 0, 10, Cancellation)));
    }

    /// Semantics 11.3
    [Fact]
    public async Task One_refusal_a_contact_journey_reason_and_day_is_kept()
    {
        var contacts = await NewContactsAsync(2);
        var refusal = new RefusalRow(contacts[0], Welcome, "start", "already-inside", 100, Monday);
        await WriteAsync(writes => writes.Refusals.AddRange([
            refusal, refusal with { At = Monday + Duration.FromHours(1) }, refusal with { Day = 101 }, refusal with { Contact = contacts[1] }, refusal with { Journey = WinBack }]));

        var ofJourney = await Store.Queries.RefusalsAsync(Welcome, null, 10, Cancellation);

        Assert.Equal([refusal with { Contact = contacts[1] }, refusal with { Day = 101 }, refusal], ofJourney);
        Assert.Equal([refusal with { Day = 101 }, refusal], await Store.Queries.RefusalsAsync(Welcome, contacts[0], 10, Cancellation));
        Assert.Single(await Store.Queries.RefusalsAsync(Welcome, null, 1, Cancellation));
    }

    [Fact]
    public async Task Messages_page_from_the_newest_and_are_found_by_key_contact_journey_and_status()
    {
        var contacts = await NewContactsAsync(2);
        MessageRow[] messages = [Message(1, contacts[0], Welcome), Message(2, contacts[1], Welcome), Message(3, contacts[0], WinBack), Message(4, contacts[0], Welcome), Message(5, contacts[1], WinBack)];
        foreach (var message in messages) await WriteAsync(writes => writes.NewMessages.Add(message));
        await WriteAsync(writes => writes.MessageUpdates.Add(new MessageUpdate(4, contacts[0], MessageStatus.Skipped, "no-consent", Monday, null, null, 0, 7)));
        await CrashAsync();

        Assert.Equal([5, 4], await NumbersAsync(null, null, null, null, 2));
        Assert.Equal([3, 2, 1], await NumbersAsync(null, null, null, 4, 10));
        Assert.Equal([4, 3, 1], await NumbersAsync(null, contacts[0], null, null, 10));
        Assert.Equal([4, 1], await NumbersAsync(Welcome, contacts[0], null, null, 10));
        Assert.Equal([5, 3], await NumbersAsync(WinBack, null, null, null, 10));
        Assert.Equal([4], await NumbersAsync(null, null, MessageStatus.Skipped, null, 10));
        foreach (var message in messages) Assert.Equal(message.Number, (await Store.Queries.MessageAsync(message.Key, Cancellation))?.Number);
        Assert.Equal("no-consent", (await Store.Queries.MessageAsync(messages[3].Key, Cancellation))!.Why);
        Assert.Null(await Store.Queries.MessageAsync(new MessageKey(Hash("unheard of")), Cancellation));

        async Task<IEnumerable<long>> NumbersAsync(JourneyId? journey, ContactId? contact, MessageStatus? status, long? before, int limit) =>
            (await Store.Queries.MessagesAsync(journey, contact, status, before, limit, Cancellation)).Select(message => message.Number);
    }

    [Fact]
    public async Task The_sandbox_keeps_a_mail_once_a_key_and_pages_from_the_newest()
    {
        var ada = await NewContactAsync("ada");
        var mails = Enumerable.Range(1, 6).Select(i => new SandboxMail(
            KeyOf(i), ada, Monday + Duration.FromMinutes(i / 2), "shop@example.org", "ada@example.org", $"Subject {i}", "", "<p>Grüezi</p>", "Grüezi", "{}")).ToArray();
        foreach (var mail in mails) await WriteAsync(writes => writes.SandboxMails.Add(mail));
        await WriteAsync(writes => writes.SandboxMails.Add(mails[0] with { Subject = "Sent again" }));
        await CrashAsync();
        await WriteAsync(writes => writes.SandboxMails.Add(mails[1] with { Subject = "Sent again" }));

        List<SandboxMail> all = [];
        for (SandboxMail? last = null; ;)
        {
            var page = await Store.Queries.SandboxMailsAsync(last?.At, last?.Key, 2, Cancellation);
            if (page.Count == 0) break;
            all.AddRange(page);
            last = page[^1];
        }

        Assert.Equal(mails.ToHashSet(), all.ToHashSet());
        Assert.Equal(mails.Length, all.Count);
        Assert.Equal(all.Select(mail => mail.At).OrderDescending(), all.Select(mail => mail.At));
        foreach (var mail in mails) Assert.Equal(mail, await Store.Queries.SandboxMailAsync(mail.Key, Cancellation));
        var counts = new List<long>();
        foreach (var (minute, most) in ((int, int)[])[(-1, 10), (-1, 4), (1, 10), (2, 10), (3, 10)])
            counts.Add(await Store.Queries.SandboxCountAsync(Monday + Duration.FromMinutes(minute), most, Cancellation));
        Assert.Equal([6, 4, 3, 1, 0], counts);
    }

    [Fact]
    public async Task Contacts_are_looked_through_from_the_newest_and_from_the_oldest()
    {
        var contacts = (await NewContactsAsync(5)).OrderBy(contact => contact.Number).ToList();
        await WriteAsync(writes => writes.Contacts.AddRange(contacts.Select(contact => new ContactWrite(contact, Bytes("somebody"), null, New: true))));

        foreach (var descending in (bool[])[true, false])
        {
            List<ContactId> found = [];
            for (long? from = descending ? long.MaxValue : 0; from is { } next;)
            {
                var scan = await Store.Queries.ScanContactsAsync(next, descending, 2, 2, static _ => true, Cancellation);
                found.AddRange(scan.Found.Select(one => one.Contact));
                from = scan.Next;
            }

            Assert.Equal(descending ? Enumerable.Reverse(contacts) : contacts, found);
        }
    }

    [Fact]
    public async Task Alerts_and_dead_letters_come_newest_first()
    {
        await WriteAsync(writes =>
        {
            writes.Alerts.AddRange([new AlertRow(Welcome, "loop", "first", Monday), new AlertRow(Welcome, "too-often", "second", Monday, """{"count":"50"}""")]);
            writes.DeadLetters.AddRange([new DeadLetter(new Partition(3), 7, Monday, "cannot be read", Bytes("?")), new DeadLetter(new Partition(4), 8, Monday, "cannot be read", Bytes("!"))]);
        });

        Assert.Equal(["second", "first"], (await Store.Queries.AlertsAsync(10, Cancellation)).Select(alert => alert.Detail));
        Assert.Equal(["""{"count":"50"}""", null], (await Store.Queries.AlertsAsync(10, Cancellation)).Select(alert => alert.Arguments));
        var letter = Assert.Single(await Store.Queries.DeadLettersAsync(1, Cancellation));
        Assert.Equal((new Partition(4), 8L, "!"), (letter.Partition, letter.Sequence, Text(letter.Body)));
    }

    /// Semantics 7.9
    [Fact]
    public async Task As_of_is_the_least_clock_of_all_partitions()
    {
        await WriteAsync(writes => writes.States.AddRange(PartitionSet.All.Select(partition => new PartitionState(partition, 0, 0, Monday + Duration.FromSeconds(partition.Index), 1))));

        Assert.Equal(Monday, await Store.Queries.ClockAsync(Cancellation));
    }
}
