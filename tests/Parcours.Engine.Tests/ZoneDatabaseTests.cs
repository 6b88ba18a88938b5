using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

public sealed class ZoneDatabaseTests
{
    const string Morning = """
        {"format":1,"id":"morning","name":"Morning","start":[{"kind":"event","id":"visit","events":["visit"],"next":"wait"}],
         "points":{"wait":{"kind":"waitUntil","date":"2026-06-01","time":"09:00","zone":"Europe/Paris","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
        """;

    /// <summary>Semantics 8.6: a new time-zone database takes effect by a control entry and re-times future waits; what the author meant stays.</summary>
    [Fact]
    public async Task A_new_time_zone_database_moves_who_waits_for_a_local_time()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Morning);
        await world.DoAsync("ada", "visit");
        Assert.Equal(World.At("2026-06-01T07:00:00Z"), Assert.Single(await world.EnrolmentsAsync("ada")).Due);
        var tail = (await world.Engine.Queries.StatesAsync(world.Token)).Min(state => state.Tail);

        world.Options = world.Options with { Zones = new ParisAhead() };
        await world.RestartAsync();
        await world.Engine.SettleAsync(world.Token);

        Assert.True((await world.Engine.Queries.StatesAsync(world.Token)).Min(state => state.Tail) > tail);
        Assert.Equal(World.At("2026-06-01T04:00:00Z"), Assert.Single(await world.EnrolmentsAsync("ada")).Due);
        await world.AdvanceToAsync(World.At("2026-06-01T12:00:00Z"));
        var enrolment = Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Equal((Outcome.Completed, World.At("2026-06-01T04:00:00Z")), (enrolment.Outcome!.Value, enrolment.EndedAt!.Value));
    }

    [Fact]
    public async Task The_same_database_moves_nobody()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Morning);
        await world.DoAsync("ada", "visit");
        var before = Assert.Single(await world.EnrolmentsAsync("ada"));

        await world.RestartAsync();
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal((before.Due, before.Revision), (Assert.Single(await world.EnrolmentsAsync("ada")).Due, Assert.Single(await world.EnrolmentsAsync("ada")).Revision));
    }

    /// <summary>The re-timing has passed the winner already when the loser's wait arrives there: it is re-timed on arrival.</summary>
    [Fact]
    public async Task Who_merges_while_waits_are_re_timed_is_not_missed()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Morning);
        await world.DoAsync("ada", "other");
        await world.DoAsync("bob", "visit");
        var (ada, bob) = ((await world.ContactAsync("ada")).Id, (await world.ContactAsync("bob")).Id);

        // It was at work when the process died, past the last contact, and the merge was taken in just before.
        world.Options = world.Options with { Zones = new ParisAhead { VersionId = DateTimeZoneProviders.Tzdb.VersionId } };
        await world.CrashAsync(async () =>
        {
            await using var store = await world.OpenStoreAsync();
            await using var unit = await store.BeginAsync(PartitionSet.All, world.Token);
            await unit.WriteDocumentAsync("job", "retime-morning", System.Text.Encoding.UTF8.GetBytes($$"""{"kind":"retime","target":"morning","after":{{bob.Number}}}"""), null, world.Clock.Now, world.Token);
            await unit.AppendAsync([new(bob, [], SenderRights.Server, true, null, false, EntryKind.Merge, Origin.Merge, world.Clock.Now, null, MergeBody.Of(ada))], world.Clock.Now, [], world.Token);
            await unit.CommitAsync(world.Token);
        });
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal(ada, (await world.ContactAsync("bob")).Id);
        Assert.Equal(World.At("2026-06-01T04:00:00Z"), Assert.Single(await world.EnrolmentsAsync("ada"), row => row.Outcome is null).Due);
        Assert.Empty(await world.Engine.Queries.DocumentsAsync("job", null, null, 10, world.Token));
    }

    /// <summary>France decided on UTC+5.</summary>
    internal sealed class ParisAhead : IDateTimeZoneProvider
    {
        public string VersionId { get; init; } = "the next one";
        public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => DateTimeZoneProviders.Tzdb.Ids;
        public DateTimeZone this[string id] => GetZoneOrNull(id) ?? throw new ArgumentOutOfRangeException(nameof(id));
        public DateTimeZone GetSystemDefault() => DateTimeZone.Utc;
        public DateTimeZone? GetZoneOrNull(string id) => id == "Europe/Paris" ? DateTimeZone.ForOffset(Offset.FromHours(5)) : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
    }
}
