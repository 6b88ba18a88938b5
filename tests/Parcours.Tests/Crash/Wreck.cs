using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite;

namespace Parcours.Tests.Crash;

/// <summary>What a killed process had in hand, read from a copy of its folder: the program itself must find the folder as the kill left it.</summary>
/// <param name="MailsClaimed">Those that are in doubt at the next start.</param>
sealed record Wreck(int TimersDue, int MailsOnTheirWay, int MailsClaimed)
{
    public static async Task<Wreck> LookAtAsync(string data, Instant killedAt)
    {
        var copy = Directory.CreateTempSubdirectory("parcours-wreck-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(data, "parcours.db*"))
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            await using var store = SqliteStore.Open(copy);
            await using var unit = await store.BeginAsync(PartitionSet.All, CancellationToken.None);
            var timers = await unit.ReadTimersAsync(PartitionSet.All, CrashJourney.Id, TimerQueue.Elapsed, killedAt, after: null, limit: 1_000, CancellationToken.None);
            var pending = await unit.ReadPendingMessagesAsync(PartitionSet.All, killedAt, after: null, limit: 1_000, CancellationToken.None);
            var claimed = await unit.ReadClaimedMessagesAsync(PartitionSet.All, limit: 1_000, CancellationToken.None);
            return new Wreck(timers.Count, pending.Count + claimed.Count, claimed.Count);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }
}
