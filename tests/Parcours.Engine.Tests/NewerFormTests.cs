using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>What a newer program wrote stops the engine, which says so; nothing is skipped, and nothing is lost. Semantics 13.3, 13.4.</summary>
public sealed class NewerFormTests
{
    [Fact]
    public async Task An_entry_of_a_newer_version_stops_the_engine_at_each_start_and_is_not_passed_over()
    {
        await using var world = await SoldAsync();
        var before = await CursorAsync(world);
        var item = ItemOf(world, "visit", new EntryCodec().Encode(new EntryBody.Received([new ContactEdit.AddTag("vip")], default, null, true)));
        await world.CrashAsync(() => InStoreAsync(world, unit => unit.AppendAsync([item with { Body = Newer(item.Body) }, ItemOf(world, "later", item.Body)], world.Clock.Now, [], world.Token)));

        await StopsAsync(world);

        // A second start says the same; neither the entry nor the one behind it was passed over.
        await world.RestartAsync();
        await StopsAsync(world);
        Assert.Equal(before, await CursorAsync(world));

        static async Task<long> CursorAsync(World world) => (await world.Engine.Queries.StatesAsync(world.Token))[Partition.Of((await world.ContactAsync("ada")).Id).Index].Cursor;
    }

    [Fact]
    public async Task An_entry_of_an_unknown_kind_stops_the_engine()
    {
        await using var world = await SoldAsync();
        await world.CrashAsync(() => InStoreAsync(world, unit => unit.AppendAsync([ItemOf(world, null, new EntryCodec().Encode(new EntryBody.Move(new(Guid.Empty), "mail", null))) with { Kind = (EntryKind)77 }], world.Clock.Now, [], world.Token)));

        await StopsAsync(world);
    }

    [Fact]
    public async Task A_contact_of_a_newer_version_stops_the_engine_and_goes_on_once_it_can_be_read()
    {
        await using var world = await SoldAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        var body = (await world.Engine.Queries.ContactAsync(ada, world.Token))!.Body;
        await world.CrashAsync(() => WriteAsync(world, writes => writes.Contacts.Add(new(ada, Newer(body), null, New: false))));

        await Assert.ThrowsAsync<StoreException>(() => world.DoAsync("ada", "sale"));
        await StopsAsync(world);
        Assert.Contains(ada.ToString(), world.Engine.NotReadyBecause, StringComparison.Ordinal);

        await world.CrashAsync(() => WriteAsync(world, writes => writes.Contacts.Add(new(ada, body, null, New: false))));
        await world.DoAsync("ada", "sale");
        Assert.True(world.Engine.IsReady);
        Assert.Equal(2, world.Mail.Sent.Count);
    }

    /// <summary>An enrolment and a memory lie inside their contact, each with a version of its own.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task An_enrolment_or_a_memory_of_a_newer_version_stops_the_engine(bool enrolment)
    {
        await using var world = await SoldAsync();
        await world.PublishAsync("""
            {"format":1,"id":"waits","name":"Waits","start":[{"kind":"event","id":"go","events":["go"],"next":"wait"}],
             "points":{"wait":{"kind":"delay","for":"PT1H","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
            """);
        await world.SegmentAsync("gone", """{"kind":"event","events":["go"],"is":"did","window":{"last":"P30D"}}""");
        await world.DoAsync("ada", "go");
        var ada = await world.ContactAsync("ada");
        var body = (await world.Engine.Queries.ContactAsync(ada.Id, world.Token))!.Body.ToArray();
        var inside = enrolment ? Of(ada.Id.Value) : MemoryOf(ada);
        var at = body.AsSpan(1).IndexOf(inside[0]) + 1;
        if (enrolment)
            at = body.AsSpan(at + 16).IndexOf(inside[0]) + at + 16 - 1;
        Assert.Equal(enrolment ? 2 : 1, body[at]);
        // Far newer than any: an enrolment is in the oldest form that holds it.
        body[at] = 99;
        await world.CrashAsync(() => WriteAsync(world, writes => writes.Contacts.Add(new(ada.Id, body, null, New: false))));

        await Assert.ThrowsAsync<StoreException>(() => world.AdvanceAsync(Duration.FromHours(2)));

        await StopsAsync(world);

        static List<byte[]> Of(Guid id) => [id.ToByteArray(bigEndian: true)];
        static List<byte[]> MemoryOf(Contact contact)
        {
            var to = new ByteWriter();
            contact.Memory.Values.First().Write(to);
            return [to.ToArray()];
        }
    }

    [Fact]
    public async Task A_merged_contact_of_a_newer_version_stops_the_engine()
    {
        await using var world = await SoldAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        var loser = new ContactCodec().Encode(new Contact(ContactId.Create(99, 1_700_000_000_000, 1), World.Monday9), KeptAggregates.None);
        var absorb = new EntryCodec().Encode(new EntryBody.Absorb(Newer(loser)));
        await world.CrashAsync(() => WriteAsync(world, writes => writes.Relays.Add(new(new(3), ada, EntryKind.Absorb, Origin.Merge, world.Clock.Now, null, absorb))));

        await StopsAsync(world);
    }

    /// <summary>Semantics 7.7, 13.4: a fill reads events again, and passes over none of them either.</summary>
    [Fact]
    public async Task An_event_of_a_newer_version_stops_the_fill_that_meets_it()
    {
        await using var world = await SoldAsync();
        var ada = (await world.ContactAsync("ada")).Id;
        var body = Newer(new EntryCodec().Encode(new EntryBody.Received([], default, null, true)));
        await world.CrashAsync(() => InStoreAsync(world, async unit =>
        {
            var writes = new WriteSet();
            writes.RecordedEvents.Add(new(ada, unit.TakeSequence(Partition.Of(ada)), "reached", world.Clock.Now, body));
            await unit.WriteAsync(writes, world.Token);
        }));
        await world.Engine.SettleAsync(world.Token);

        await Assert.ThrowsAsync<StoreException>(() => world.SegmentAsync("reached", """{"kind":"event","events":["reached"]}"""));

        await StopsAsync(world);
    }

    [Fact]
    public async Task A_message_of_a_newer_version_is_not_claimed()
    {
        await using var world = await SoldAsync();
        var sent = (await world.Engine.Queries.MessagesAsync(null, null, null, null, 1, world.Token))[0];
        await world.CrashAsync(() => InStoreAsync(world, async unit =>
        {
            var writes = new WriteSet();
            writes.NewMessages.Add(sent with { Number = unit.TakeMessageNumber(Partition.Of(sent.Contact)), Key = new(new Guid(1, 2, 3, new byte[8])), Status = MessageStatus.Pending, SettledAt = null, Claimed = null, Attempts = 0, Data = Newer(sent.Data) });
            await unit.WriteAsync(writes, world.Token);
        }));

        await StopsAsync(world);
        Assert.Equal([null, null], (await world.Engine.Queries.MessagesAsync(null, null, null, null, 9, world.Token)).Select(row => row.Claimed));
    }

    /// <summary>Semantics 13.4: a live version with a point that only a newer program knows.</summary>
    [Fact]
    public async Task A_journey_of_a_newer_version_stops_the_engine()
    {
        await using var world = await SoldAsync();
        var version = (await world.Engine.Queries.DocumentAsync("journey-version", "sale/1", world.Token))!;
        var newer = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(version.Json.Span).Replace("sendEmail", "sendPigeon", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<StoreException>(() => world.CrashAsync(() => InStoreAsync(world, async unit => await unit.WriteDocumentAsync("journey-version", "sale/1", newer, null, world.Clock.Now, world.Token))));

        Assert.Equal(StoreFailure.TooNew, refused.Failure);
        Assert.Contains("journey-version sale/1", refused.Message, StringComparison.Ordinal);
    }

    static async Task<World> SoldAsync()
    {
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var world = await World.StartAsync(new EngineOptions { Faulted = told.Enqueue });
        world.Told = told;
        await world.ShopNewsAsync();
        await world.PublishAsync("""
            {"format":1,"id":"sale","name":"Sale","settings":{"reEntry":{"kind":"always"},"email":{"topic":"shop-news"}},
             "start":[{"kind":"event","id":"sale","events":["sale"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"hello","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
            """);
        await world.DoAsync("ada", "sale", traits: """{"email":"ada@example.org"}""");
        return world;
    }

    /// <summary>It stands, says why to whoever asks and once to the log, takes nothing in, and put nothing aside.</summary>
    static async Task StopsAsync(World world)
    {
        var stopped = await Assert.ThrowsAsync<StoreException>(() => world.Engine.SettleAsync(world.Token));
        Assert.Equal(StoreFailure.TooNew, stopped.Failure);
        Assert.False(world.Engine.IsReady);
        Assert.Contains("newer version of Parcours", world.Engine.NotReadyBecause, StringComparison.Ordinal);
        Assert.Equal(StoreFailure.TooNew, (await Assert.ThrowsAsync<StoreException>(() => world.DoAsync("bob", "visit"))).Failure);
        Assert.Equal(world.Engine.NotReadyBecause, Assert.Single(world.Told.Distinct()));
        Assert.Empty(await world.Engine.Queries.DeadLettersAsync(10, world.Token));
    }

    static byte[] Newer(ReadOnlyMemory<byte> form)
    {
        var bytes = form.ToArray();
        // Not only by one: some forms are written as the oldest version that can say it.
        bytes[0] = 255;
        return bytes;
    }

    static AppendItem ItemOf(World world, string? name, ReadOnlyMemory<byte> body) =>
        new(null, [new(IdentityKind.UserId, "ada")], SenderRights.Server, false, null, true, name is null ? EntryKind.Edits : EntryKind.Event, Origin.Live, world.Clock.Now, name, body);

    static Task WriteAsync(World world, Action<WriteSet> fill) => InStoreAsync(world, async unit =>
    {
        var writes = new WriteSet();
        fill(writes);
        await unit.WriteAsync(writes, world.Token);
    });

    /// <summary>What another program does in the folder while this one is down.</summary>
    static async Task InStoreAsync(World world, Func<IStoreUnit, ValueTask> act)
    {
        await using var store = await world.OpenStoreAsync();
        await using var unit = await store.BeginAsync(PartitionSet.All, world.Token);
        await act(unit);
        await unit.CommitAsync(world.Token);
    }
}
