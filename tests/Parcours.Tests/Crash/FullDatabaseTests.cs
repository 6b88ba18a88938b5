namespace Parcours.Tests.Crash;

/// <summary>A database whose disk is full, under load.</summary>
public abstract class FullDatabaseTests(ITestOutputHelper output, int mebibytes, bool journalToo) : PostgresFaults(output)
{
    SmallDisk _disk = null!; // StartServerAsync makes it.

    private protected override async Task<OwnPostgres> StartServerAsync()
    {
        _disk = SmallDisk.Make(mebibytes);
        return await (journalToo ? OwnPostgres.StartAsync(folder: Folder()) : OwnPostgres.StartAsync(tables: Folder()));
    }

    string Folder() => Directory.CreateDirectory(Path.Combine(_disk.Path, "postgres")).FullName;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _disk?.Dispose();
    }

    /// Promises 1 and 2
    [Theory, MemberData(nameof(Times))]
    public async Task A_full_disk_of_the_database_loses_nothing_that_was_acknowledged_and_is_over_when_there_is_room(int time)
    {
        var random = new Random(Seed + time);
        using var load = await SetUpLoadAsync();
        await using var one = await StartAsync(Urls[0]);
        await using var other = await StartAsync(Urls[1]);
        load.Begin();
        await UntilItAnswersAsync(load);
        await WithinAsync(random, 600);
        var filler = Path.Combine(_disk.Path, "filler");

        await FillAsync(filler);
        await UntilNobodyAnswersAsync(load);
        Assert.All((string[])[one.Said, other.Said], said => Assert.DoesNotContain("customer-", said, StringComparison.Ordinal));
        Assert.False(one.Process.HasExited || other.Process.HasExited);
        File.Delete(filler);
        // Without room for its journal a server ends itself; whoever makes room starts it again.
        if (journalToo)
            await Server.RestartAsync(crash: true);

        await EndsWellAsync(load, one, other);
    }

    static async Task FillAsync(string filler)
    {
        await using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var zeros = new byte[16 * 1024]; ;)
                await file.WriteAsync(zeros, Cancellation);
        }
        catch (IOException)
        {
            // That was the point.
        }
    }

    // A server that has ended itself may be noticed by its connections, which break in the midst of a statement, before anybody cannot connect.
    bool IsReason(string? refusal) => refusal?.Contains(journalToo ? "database" : "full", StringComparison.Ordinal) == true || journalToo && refusal?.Contains("store failed", StringComparison.Ordinal) == true;

    /// <summary>A second without any answer, and with a reason for it: requests that find room in what is there already still get theirs.</summary>
    async Task UntilNobodyAnswersAsync(ShopLoad load)
    {
        var (before, quiet, looks) = (load.Answered, 0, 0);
        for (; quiet < 20 || !IsReason(load.Refusal); looks++)
        {
            Assert.True(looks < 600, $"The disk is full, and what is said is: {load.Refusal ?? "nothing"}");
            await Task.Delay(50, Cancellation);
            quiet = load.Answered == before ? quiet + 1 : 0;
            before = load.Answered;
        }

        Say($"Nobody was answered any more after {looks * 0.05:0.0} s of a full disk: {load.Refusal}");
    }
}

/// <summary>Tables lie on a small disk: a write finds no room, and its transaction is undone.</summary>
public sealed class FullTablesTests(ITestOutputHelper output) : FullDatabaseTests(output, mebibytes: 48, journalToo: false);

/// <summary>All lies there, the database's own journal too: the server ends itself, as after a crash.</summary>
public sealed class FullJournalTests(ITestOutputHelper output) : FullDatabaseTests(output, mebibytes: 160, journalToo: true);
