using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parcours.Tests.HouseRules;

/// <summary>docs/scale.md speaks of the schema and of the model as they are.</summary>
public sealed class ScaleTests
{
    [Fact]
    public void The_layout_for_Citus_has_a_place_for_each_table()
    {
        var text = File.ReadAllText(Repository.PathOf("docs/scale.md"));
        var layout = text[text.IndexOf("## Citus", StringComparison.Ordinal)..text.IndexOf("## Several servers", StringComparison.Ordinal)];
        var tables = Directory.GetFiles(Repository.PathOf("src/Parcours.Storage/Postgres/Migrations"), "*.sql")
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"(?m)^CREATE TABLE (?:IF NOT EXISTS )?(?<name>\w+)(?! PARTITION OF)\s*\(").Select(match => match.Groups["name"].Value)).ToHashSet();

        Assert.Superset(new HashSet<string> { "contact", "allocation", "task" }, tables);
        Assert.DoesNotContain(tables, table => !Regex.IsMatch(layout, $@"\b{table}\b"));
    }

    [Fact]
    public async Task The_model_runs_and_names_what_saturates_first()
    {
        using var model = Process.Start(new ProcessStartInfo("dotnet", ["run", Repository.PathOf("bench/scale.cs"), "--", "contacts=1000000"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (said, told) = (model.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), model.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await model.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(model.ExitCode == 0, await told);
        Assert.Matches(@"First to saturate: [a-z ]+\.", await said);
    }
}
