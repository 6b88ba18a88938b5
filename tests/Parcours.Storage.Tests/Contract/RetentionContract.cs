using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Tests.Contract;

/// <summary>What is dropped when it is older than it is kept.</summary>
public abstract class RetentionContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    /// Semantics 5.2
    [Fact]
    public async Task Events_go_with_their_contacts_timelines_up_to_them_and_nothing_else()
    {
        var first = (await AppendAsync(Event("signed up", User("ada")))).Entries[0];
        var ofBob = (await AppendAsync(Event("signed up", User("bob")))).Entries[0];
        var last = (await AppendAsync(Event("bought", User("ada")))).Entries[0];
        var edit = (await AppendAsync(Event("", User("ada")) with { Kind = EntryKind.Edits, Name = null })).Entries[0];
        await WriteAsync(writes =>
        {
            foreach (var entry in (JournalEntry[])[first, ofBob, last])
                writes.Timeline.Add(new TimelineRow(entry.Contact, entry.Sequence, entry.ReceivedAt, default));
        });
        var old = (await Store.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, Cancellation)).Where(stored => stored.Sequence == first.Sequence).ToList();
        Assert.Single(old);

        await InUnitAsync(async unit => await unit.PruneEventsAsync(old, Cancellation));
        await CrashAsync();

        Assert.Equal([ofBob.Sequence, last.Sequence], (await Store.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, Cancellation)).Select(stored => stored.Sequence).Order());
        Assert.Equal([last.Sequence], (await Store.Queries.TimelineAsync(first.Contact, null, 10, Cancellation)).Select(item => item.Row.Sequence));
        Assert.Single(await Store.Queries.TimelineAsync(ofBob.Contact, null, 10, Cancellation));
        // What waits for its burst is nobody's to drop.
        Assert.Contains(await InUnitAsync(async unit => await unit.ReadEntriesAsync(edit.Partition, 0, 10, Cancellation)), entry => entry.Sequence == edit.Sequence);
    }

    [Fact]
    public async Task Settled_messages_go_with_what_the_sandbox_kept_and_those_that_wait_stay()
    {
        var ada = await NewContactAsync("ada");
        var rows = await InUnitAsync(async unit =>
        {
            var writes = new WriteSet();
            MessageRow[] rows = [.. Enumerable.Range(1, 3).Select(number => Message(number, ada, Welcome) with { Number = unit.TakeMessageNumber(Partition.Of(ada)), Status = number == 2 ? MessageStatus.Pending : MessageStatus.Sent, SettledAt = number == 2 ? null : Monday })];
            writes.NewMessages.AddRange(rows);
            writes.SandboxMails.AddRange(rows.Select(row => new SandboxMail(row.Key, ada, Monday, "shop@example.org", "ada@example.org", "Hello", "", "<p>Hello</p>", "Hello", "")));
            await unit.WriteAsync(writes, Cancellation);
            return rows;
        });
        Assert.Equal([rows[0].Number, rows[1].Number], (await Store.Queries.OldestMessagesAsync(0, 2, Cancellation)).Select(row => row.Number));
        Assert.Equal([rows[2].Number], (await Store.Queries.OldestMessagesAsync(rows[1].Number, 2, Cancellation)).Select(row => row.Number));

        await InUnitAsync(async unit => await unit.PruneMessagesAsync(rows[..2], Cancellation));
        await CrashAsync();

        Assert.Null(await Store.Queries.MessageAsync(rows[0].Key, Cancellation));
        Assert.Null(await Store.Queries.SandboxMailAsync(rows[0].Key, Cancellation));
        Assert.NotNull(await Store.Queries.MessageAsync(rows[1].Key, Cancellation));
        Assert.NotNull(await Store.Queries.SandboxMailAsync(rows[2].Key, Cancellation));
        Assert.Equal([rows[2].Key], await Store.Queries.InSandboxAsync([rows[0].Key, rows[2].Key, rows[2].Key], Cancellation));
        Assert.Equal([rows[2].Number, rows[1].Number], (await Store.Queries.MessagesAsync(null, null, null, null, 10, Cancellation)).Select(row => row.Number));
    }
}
