using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Tests.Contract;

/// <summary>What is appended is there once, in order, and only if its unit was committed.</summary>
public abstract class JournalContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    /// Semantics 1.10
    [Fact]
    public async Task Entries_come_back_in_the_order_of_their_items_with_all_they_said()
    {
        var item = Event("bought", User("ada"), Email("ada@example.org")) with { OccurredAt = Monday - Duration.FromHours(1), Origin = Origin.Import };

        var results = await AppendAsync(item, Event("left", User("ada")), Event("came", User("bob")));

        var ada = results[0].Contact;
        Assert.Equal(ada, results[1].Contact);
        Assert.NotEqual(ada, results[2].Contact);
        await CrashAsync();
        var entries = await ReadAsync(Partition.Of(ada));
        var first = entries.First(entry => entry.Contact == ada);
        Assert.Equal(results[0].Entries[0].Sequence, first.Sequence);
        Assert.Equal((EntryKind.Event, Origin.Import, "bought", true), (first.Kind, first.Origin, first.Name, first.NewContact));
        Assert.Equal((Monday, Monday - Duration.FromHours(1)), (first.ReceivedAt, first.OccurredAt));
        Assert.Equal("body of bought", Text(first.Body));
        Assert.Equal([User("ada"), Email("ada@example.org")], first.Attached);
        Assert.Empty(first.Released);
        Assert.Equal(["bought", "left"], entries.Where(entry => entry.Contact == ada).Select(entry => entry.Name));
        Assert.False(entries.Last(entry => entry.Contact == ada).NewContact);
    }

    /// Semantics 1.2
    [Fact]
    public async Task No_entry_is_received_before_the_one_before_it()
    {
        await AppendAsync(Event("first", User("ada")));

        var second = await InUnitAsync(unit => AppendAsync(unit, Monday - Duration.FromMinutes(1), Event("second", User("ada"))));

        Assert.Equal(Monday, second[0].Entries[0].ReceivedAt);
    }

    [Fact]
    public async Task A_unit_that_is_not_committed_leaves_nothing_behind()
    {
        var ada = await NewContactAsync("ada");
        await using (var unit = await Store.BeginAsync(PartitionSet.All, Cancellation))
        {
            await AppendAsync(
                unit, Monday, Event("lost", User("bob")) with { MessageIdHash = Hash("m1") }, Event("lost too", User("ada"), Email("ada@example.org")));
            var writes = new WriteSet();
            writes.Contacts.Add(new ContactWrite(ada, Bytes("changed"), Monday, New: true));
            writes.Counters[new CounterKey(CounterKind.Started, Welcome, 1, "", "")] = 1;
            writes.Enrolments.Add(Waiting(ada, Welcome, Monday));
            writes.NewMessages.Add(Message(unit.TakeMessageNumber(Partition.Of(ada)), ada, Welcome));
            await unit.WriteAsync(writes, Cancellation);
            await unit.WriteDocumentAsync("journey", "welcome", Bytes("{}"), 0, Monday, Cancellation);
        }

        Assert.Null(await Store.Queries.ContactByIdentityAsync(User("bob"), Cancellation));
        await CrashAsync();
        Assert.Null(await Store.Queries.ContactByIdentityAsync(User("bob"), Cancellation));
        Assert.Null(await Store.Queries.ContactByIdentityAsync(Email("ada@example.org"), Cancellation));
        Assert.Null(await Store.Queries.ContactAsync(ada, Cancellation));
        Assert.Empty(await Store.Queries.CountersAsync(null, null, Cancellation));
        Assert.Empty(await Store.Queries.EnrolmentsOfAsync(ada, 10, Cancellation));
        Assert.Empty(await Store.Queries.MessagesAsync(null, null, null, null, 10, Cancellation));
        Assert.Null(await Store.Queries.DocumentAsync("journey", "welcome", Cancellation));
        Assert.Single(await ReadAsync(Partition.Of(ada)), entry => entry.Contact == ada);
        var again = await AppendAsync(Event("again", User("bob")) with { MessageIdHash = Hash("m1") });
        Assert.Equal(AppendOutcome.Appended, again.Outcome);
    }

    [Fact]
    public async Task Sequences_and_message_numbers_rise_over_a_crash_though_no_row_bears_them()
    {
        var partition = new Partition(7);
        var (sequence, message) = await InUnitAsync(async unit =>
        {
            await AppendAsync(unit, Monday, Event("first", User("ada")));
            return (unit.TakeSequence(partition), unit.TakeMessageNumber(partition));
        });

        await CrashAsync();

        await InUnitAsync(unit =>
        {
            Assert.True(unit.TakeSequence(partition) > sequence);
            Assert.True(unit.TakeMessageNumber(partition) > message);
            return Task.CompletedTask;
        });
    }

    /// Semantics 5.1
    [Fact]
    public async Task A_message_id_counts_once_for_seven_days_over_a_crash_and_is_answered_as_before()
    {
        var item = Event("bought", User("ada")) with { MessageIdHash = Hash("m1") };
        var results = await AppendAsync(item, item);

        Assert.Equal([AppendOutcome.Appended, AppendOutcome.Duplicate], results.Select(result => result.Outcome));
        Assert.Equal(results[0].Contact, results[1].Contact);
        Assert.Empty(results[1].Entries);
        await CrashAsync();
        var later = await InUnitAsync(unit => AppendAsync(unit, Monday + Duration.FromDays(7), item with { Body = Bytes("another body") }));
        Assert.Equal((AppendOutcome.Duplicate, results[0].Contact), (later[0].Outcome, later[0].Contact));
        var muchLater = await InUnitAsync(unit => AppendAsync(unit, Monday + Duration.FromDays(16), item));
        Assert.Equal(AppendOutcome.Appended, muchLater[0].Outcome);
    }

    /// Semantics 5.1
    [Fact]
    public async Task Another_body_under_a_message_id_that_was_seen_is_noticed_over_a_crash_and_the_first_one_stands()
    {
        var item = Event("bought", User("ada")) with { MessageIdHash = Hash("m1"), Fingerprint = 0x12_345678 };
        var other = item with { Body = Bytes("another body"), Fingerprint = 0x12_345679 };
        var results = await AppendAsync(item, item, other, item with { Fingerprint = 0 });

        await CrashAsync();
        var later = await InUnitAsync(unit => AppendAsync(unit, Monday + Duration.FromDays(7), other, item, item with { MessageIdHash = Hash("m2"), Fingerprint = 9 }));

        Assert.Equal([false, false, true, false], results.Select(result => result.OtherBody));
        Assert.Equal([true, false, false], later.Select(result => result.OtherBody));
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Duplicate, AppendOutcome.Appended], later.Select(result => result.Outcome));
        Assert.Equal("body of bought", Text((await ReadAsync(Partition.Of(results[0].Contact)))[0].Body));
    }

    [Fact]
    public async Task What_was_not_taken_may_come_again_under_its_message_id()
    {
        var item = Event("bought", User("ada")) with { MessageIdHash = Hash("m1"), CreatesContact = false };

        var refused = await AppendAsync(item);
        var taken = await AppendAsync(item with { CreatesContact = true });

        Assert.Equal(AppendOutcome.UnknownContact, refused.Outcome);
        Assert.Equal(AppendOutcome.Appended, taken.Outcome);
    }

    [Fact]
    public async Task A_contact_is_named_by_its_whole_id()
    {
        var ada = await NewContactAsync("ada");
        var byId = Event("bought") with { Contact = ada };
        var otherHigh = ContactId.Create(ada.Number, 1, 1);

        var known = await AppendAsync(byId);
        var forged = await AppendAsync(byId with { Contact = otherHigh });

        Assert.Equal((AppendOutcome.Appended, ada), (known.Outcome, known.Contact));
        Assert.Equal(AppendOutcome.UnknownContact, forged.Outcome);
    }

    [Fact]
    public async Task Control_entries_go_to_each_partition_and_only_what_is_unprocessed_is_read()
    {
        var ada = await NewContactAsync("ada");
        var control = await InUnitAsync(async unit => await unit.AppendControlAsync(PartitionSet.All, EntryKind.Control, Bytes("publish"), Monday, Cancellation));
        var partition = Partition.Of(ada);

        await CrashAsync();

        Assert.Equal(PartitionSet.All, control.Select(entry => entry.Partition));
        var entries = await ReadAsync(partition);
        Assert.Equal([EntryKind.Event, EntryKind.Control], entries.Select(entry => entry.Kind));
        Assert.Equal((default, "publish", partition), (entries[1].Contact, Text(entries[1].Body), entries[1].Partition));
        Assert.Equal([EntryKind.Control], (await ReadAsync(partition, after: entries[0].Sequence)).Select(entry => entry.Kind));
        Assert.Empty(await ReadAsync(partition, after: entries[1].Sequence));
        Assert.Single(await ReadAsync(partition, limit: 1));
    }

    [Fact]
    public async Task Cursor_clock_and_epoch_of_each_partition_survive_and_an_older_epoch_is_refused()
    {
        var partition = new Partition(9);
        var control = await InUnitAsync(async unit => await unit.AppendControlAsync(PartitionSet.Of(partition), EntryKind.Gap, default, Monday, Cancellation));
        await WriteAsync(writes => writes.States.Add(new PartitionState(partition, control[0].Sequence, 0, Monday, 4)));

        await CrashAsync();

        var states = await Store.Queries.StatesAsync(Cancellation);
        Assert.Equal(Partition.Count, states.Count);
        Assert.Equal(new PartitionState(partition, control[0].Sequence, control[0].Sequence, Monday, 4), states[9]);
        Assert.Equal(0, states[8].Cursor);
        await Assert.ThrowsAsync<StoreException>(() => WriteAsync(writes => writes.States.Add(new PartitionState(partition, 99, 0, Monday, 3))));
        Assert.Equal(states[9], (await InUnitAsync(async unit => await unit.ReadStatesAsync(Cancellation)))[9]);
    }

    /// Semantics 9.1
    [Fact]
    public async Task A_relay_is_delivered_once_and_in_order_though_the_process_dies_between()
    {
        var contacts = await NewContactsAsync(2);
        var from = Partition.Of(contacts[0]);
        await WriteAsync(writes =>
        {
            writes.Relays.Add(new RelayRow(from, contacts[1], EntryKind.Absorb, Origin.Merge, Monday, null, Bytes("one")));
            writes.Relays.Add(new RelayRow(from, contacts[1], EntryKind.Forwarded, Origin.Live, Monday - Duration.FromHours(1), "bought", Bytes("two")));
        });

        await CrashAsync();
        var delivered = await InUnitAsync(async unit => await unit.DeliverRelaysAsync(Monday, 10, Cancellation));
        await CrashAsync();
        var again = await InUnitAsync(async unit => await unit.DeliverRelaysAsync(Monday, 10, Cancellation));

        Assert.Equal(["one", "two"], delivered.Select(entry => Text(entry.Body)));
        Assert.All(delivered, entry => Assert.Equal((contacts[1], Partition.Of(contacts[1])), (entry.Contact, entry.Partition)));
        Assert.Equal((EntryKind.Forwarded, "bought", Monday - Duration.FromHours(1)), (delivered[1].Kind, delivered[1].Name, delivered[1].OccurredAt));
        Assert.Empty(again);
        Assert.Equal(2, (await ReadAsync(Partition.Of(contacts[1]))).Count(entry => entry.Kind is EntryKind.Absorb or EntryKind.Forwarded));
    }

    /// Semantics 5.2
    [Fact]
    public async Task Consumed_entries_go_after_eight_days_but_events_and_what_is_not_consumed_stay()
    {
        var ada = await NewContactAsync("ada");
        await AppendAsync(Event("", User("ada")) with { Kind = EntryKind.Edits, Name = null });
        var last = await AppendAsync(Event("", User("ada")) with { Kind = EntryKind.Edits, Name = null, Body = Bytes("not consumed") });
        await WriteAsync(writes => writes.States.Add(new PartitionState(Partition.Of(ada), last.Entries[0].Sequence - 1, 0, Monday, 0)));

        await TrimAsync(Monday + Duration.FromDays(7));
        Assert.Equal(3, (await ReadAsync(Partition.Of(ada))).Count);
        await TrimAsync(Monday + Duration.FromDays(9));
        await CrashAsync();

        var left = await ReadAsync(Partition.Of(ada));
        Assert.Equal([EntryKind.Event, EntryKind.Edits], left.Select(entry => entry.Kind));
        Assert.Equal("not consumed", Text(left[1].Body));
    }

    async Task TrimAsync(Instant now)
    {
        for (var more = true; more;) more = await InUnitAsync(async unit => await unit.TrimAsync(now, Cancellation));
    }

    Task<IReadOnlyList<JournalEntry>> ReadAsync(Partition partition, long after = 0, int limit = 100) =>
        InUnitAsync(async unit => await unit.ReadEntriesAsync(partition, after, limit, Cancellation));
}
