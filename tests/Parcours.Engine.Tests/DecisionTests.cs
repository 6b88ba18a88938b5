using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Tests;

/// <summary>Decisions of docs/semantics.md that belong to the engine as a whole.</summary>
public sealed class DecisionTests
{
    /// <summary>Semantics 2.8: work over many goes in slices, each a commit of its own, so that a live event waits for one of them only.</summary>
    [Fact]
    public async Task Taking_many_out_of_a_journey_is_many_short_commits()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        await world.Engine.SubmitAsync([.. Enumerable.Range(0, 900).Select(number => world.Event($"u{number}", "basket_filled"))], world.Token);
        await world.Engine.SettleAsync(world.Token);
        var before = world.Engine.Figures.Commits;

        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("basket"), world.Token));
        await world.Engine.SettleAsync(world.Token);

        Assert.InRange(world.Engine.Figures.Commits - before, 4, 900);
        Assert.Equal(0, (await world.FiguresAsync("basket")).InProgress);
    }

    /// <summary>Semantics 15.7: no write holds the store longer than a slice, however much was sent at once.</summary>
    [Fact]
    public async Task A_large_call_is_worked_off_in_several_commits()
    {
        await using var world = await World.StartAsync(new() { Slice = Duration.Zero });
        var before = world.Engine.Figures.Commits;

        await world.Engine.SubmitAsync([.. Enumerable.Range(0, 640).Select(number => world.Event($"u{number}", "visit"))], world.Token);

        Assert.InRange(world.Engine.Figures.Commits - before, 10, 640);
        Assert.Equal(Duration.FromMilliseconds(20), new EngineOptions().Slice);
    }

    /// <summary>Semantics 5.2: the journal is no archive: what was consumed goes after eight days, and events stay.</summary>
    [Fact]
    public async Task Consumed_entries_are_thrown_away_by_the_engine_itself()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "visit");
        await world.EditAsync("ada", new ContactEdit.AddTag("red"));
        var partition = Partition.Of((await world.ContactAsync("ada")).Id);
        Task<EntryKind[]> KindsAsync() => world.Engine.WriteAsync(async (unit, _) =>
            (await unit.ReadEntriesAsync(partition, 0, 100, world.Token)).Select(entry => entry.Kind).Where(kind => kind != EntryKind.Control).ToArray(), world.Token);
        Assert.Equal([EntryKind.Event, EntryKind.Edits], await KindsAsync());

        await world.AdvanceAsync(Duration.FromDays(9));
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal([EntryKind.Event], await KindsAsync());
    }

    /// <summary>Semantics 4.2: whoever races for an unknown identity gets the one answer.</summary>
    [Fact]
    public async Task Many_who_name_an_unknown_person_at_once_make_one_contact()
    {
        await using var world = await World.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => world.Engine.SubmitAsync([world.Event("ada", "visit", messageId: Guid.CreateVersion7().ToString())], world.Token))));

        Assert.Single(results.Select(result => result[0].Contact).Distinct());
        Assert.Single(await world.Engine.Queries.ContactsAsync(0, false, 10, world.Token));
    }

    /// <summary>Semantics 6.10: a starting point hears what comes after its control entry.</summary>
    [Fact]
    public async Task What_happened_before_a_journey_went_live_starts_nothing()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.DoAsync("ada", "basket_filled");

        await world.PublishAsync(TestJourneys.Basket);
        Assert.Empty(await world.EnrolmentsAsync("ada"));

        await world.DoAsync("ada", "basket_filled");
        Assert.Single(await world.EnrolmentsAsync("ada"));
    }

    /// <summary>Semantics 11.2: what a journey did is told by when it did it; an event by when it occurred.</summary>
    [Fact]
    public async Task A_journey_that_an_older_event_starts_begins_now()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        var earlier = world.Clock.Now - Duration.FromHours(5);

        await world.DoAsync("ada", "basket_filled", at: earlier);

        Assert.Equal(world.Clock.Now, Assert.Single(await world.EnrolmentsAsync("ada")).StartedAt);
        Assert.Equal(earlier, Assert.Single(await world.Engine.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, world.Token)).OccurredAt);
    }

    /// <summary>Semantics 13.2: a version records the semantics under which it was published.</summary>
    [Fact]
    public async Task A_version_says_what_its_words_meant()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);

        var version = await world.Engine.Queries.DocumentAsync("journey-version", "basket/1", world.Token);

        Assert.Equal(JourneyCompiler.CurrentSemantics, JsonDocument.Parse(version!.Json).RootElement.GetProperty("semantics").GetInt32());
    }

    /// <summary>Semantics 13.4: an entry of a kind that this program does not know stops it, and it says so; it is neither skipped nor guessed at.</summary>
    [Fact]
    public async Task An_entry_of_an_unknown_kind_is_not_skipped()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "visit");
        var ada = (await world.ContactAsync("ada")).Id;
        await world.Engine.WriteAsync(async (unit, now) =>
        {
            await unit.AppendAsync([new(ada, [], SenderRights.Server, false, null, false, EntryKind.Edits, Origin.Live, now, null, new byte[] { 1, 99 })], now, [], world.Token);
            return true;
        }, world.Token);

        await world.RestartAsync();
        for (var turns = 0; turns < 1_000 && world.Engine.NotReadyBecause is null; turns++)
            await Task.Yield();
        await Assert.ThrowsAsync<StoreException>(async () =>
        {
            for (var tries = 0; ; tries++)
                await world.Engine.SubmitAsync([world.Event("ben", "visit")], world.Token);
        });

        Assert.Contains("kind 99", world.Engine.NotReadyBecause!);
        Assert.Empty(await world.Engine.Queries.DeadLettersAsync(10, world.Token));
        var state = (await world.Engine.Queries.StatesAsync(world.Token))[Partition.Of(ada).Index];
        Assert.True(state.Cursor < state.Tail);
    }

    /// <summary>Semantics 15.1: 64 partitions by a hash of the contact that never changes.</summary>
    [Fact]
    public async Task There_are_sixty_four_partitions_for_ever()
    {
        await using var world = await World.StartAsync();

        Assert.Equal(64, (await world.Engine.Queries.StatesAsync(world.Token)).Count);
        Assert.Equal(new byte[] { 39, 15, 54, 35, 2, 47 }, new long[] { 1, 2, 3, 64, 1_000, 123_456_789 }.Select(number => Partition.OfNumber(number).Index));
        Assert.All(Enumerable.Range(1, 64_000).CountBy(number => Partition.OfNumber(number).Index), partition => Assert.InRange(partition.Value, 900, 1_100));
    }
}
