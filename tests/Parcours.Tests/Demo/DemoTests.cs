using System.Text.Json;
using Parcours.Demo;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Demo;

/// <summary>The main job, by the real program, against a tally of the same orders in plain C#.</summary>
public sealed class DemoTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("parcours-demo-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_year_of_orders_comes_to_what_a_plain_tally_of_them_says_and_twice_to_the_same()
    {
        var tally = new ShopTally(OrderHistory.Read());
        var runs = await Task.WhenAll(DemoAsync("first"), DemoAsync("second"));
        using var first = runs[0];
        using var second = runs[1];
        var figures = first.RootElement;

        Assert.Equal(
            ["contacts", "events", "messages", "seconds", "eventsPerSecond", "enrolmentsPerSecond", "peakMemoryMiB", "journeys"],
            figures.EnumerateObject().Select(field => field.Name));
        Assert.Equal((4_372, tally.Orders), (figures.GetProperty("contacts").GetInt32(), figures.GetProperty("events").GetInt32()));
        Assert.Equal(4_372, tally.Contacts);
        Assert.Equal(4_339, tally.Welcomes.Started);
        Holds(tally.Welcomes, figures, "Welcome and thank-you");
        Holds(tally.WinBacks, figures, "Win back");
        Holds(tally.Vips, figures, "VIP");
        Assert.True(figures.GetProperty("messages").GetInt32() > tally.Welcomes.Started + tally.Vips.Started);
        Assert.Equal(figures.GetProperty("messages").GetInt32(), second.RootElement.GetProperty("messages").GetInt32());
        Assert.Equal(figures.GetProperty("journeys").GetRawText(), second.RootElement.GetProperty("journeys").GetRawText());
    }

    [Fact]
    public async Task A_folder_that_holds_anything_is_refused_and_left_as_it_is()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "mine.txt"), "mine", TestContext.Current.CancellationToken);

        var ran = await ParcoursProgram.RunAsync(["demo", "--data", _folder, "--exit"]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("is not empty", Assert.Single(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    static void Holds(ShopTally.Journey tally, JsonElement figures, string name)
    {
        var journey = figures.GetProperty("journeys").EnumerateArray().Single(journey => journey.GetProperty("name").GetString() == name);
        var (started, inProgress, completed, successful) =
            (journey.GetProperty("started").GetInt32(), journey.GetProperty("inProgress").GetInt32(), journey.GetProperty("completed").GetInt32(), journey.GetProperty("successful").GetInt32());

        Assert.Equal((name, tally.Started, tally.Completed, tally.Successful), (name, started, completed, successful));
        Assert.Equal(started, inProgress + completed);
    }

    async Task<JsonDocument> DemoAsync(string name)
    {
        var ran = await ParcoursProgram.RunAsync(["demo", "--data", Path.Combine(_folder, name), "--exit", "--json"]);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        return JsonDocument.Parse(ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
    }
}
