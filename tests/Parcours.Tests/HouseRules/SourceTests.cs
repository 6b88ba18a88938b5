using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Parcours.Tests.HouseRules;

/// <summary>Rules that the source text itself must keep.</summary>
public sealed partial class SourceTests
{
    // A step reads no clock and throws no dice (docs/semantics.md, principle C); the engine is given a TimeProvider.
    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Now|UtcNow|Today)|Guid\.(NewGuid|CreateVersion7)\(\)|Random\.Shared|new Random\(\)|Environment\.TickCount(64)?|Stopwatch|SystemClock\.Instance|TimeProvider\.System)\b?")]
    private static partial Regex ClocksAndDice();

    [Theory]
    [InlineData("src/Parcours.Journeys")]
    [InlineData("src/Parcours.Engine")]
    [InlineData("src/Parcours.Storage")]
    [InlineData("src/Parcours.Channels")]
    public void Time_and_dice_come_in_as_arguments(string folder) =>
        Assert.Empty(
            from file in Repository.Files(folder, "*.cs")
            from line in File.ReadLines(Repository.PathOf(file)).Select((text, index) => (Text: text, Number: index + 1))
            where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
            from Match match in ClocksAndDice().Matches(line.Text)
            select $"{file}:{line.Number} uses {match.Value}");

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("DateTimeOffset.UtcNow.AddDays(1)")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("Random.Shared.Next()")]
    [InlineData("var watch = Stopwatch.StartNew();")]
    [InlineData("Environment.TickCount64 - started")]
    public void The_search_for_clocks_and_dice_finds_them(string line) => Assert.Matches(ClocksAndDice(), line);

    [Fact]
    public void The_solution_lists_every_project()
    {
        var listed = XDocument.Load(Repository.PathOf("Parcours.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);

        Assert.Equal(Repository.Files(".", "*.csproj").Select(file => file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_under_src_has_a_project_of_tests() =>
        Assert.All(
            Repository.Files("src", "*.csproj").Select(file => Path.GetFileNameWithoutExtension(file)),
            name => Assert.True(File.Exists(Repository.PathOf($"tests/{name}.Tests/{name}.Tests.csproj")), $"{name} has no tests/{name}.Tests"));

    [Fact]
    public void Versions_of_packages_stand_in_one_file() =>
        Assert.Empty(
            from file in Repository.Files(".", "*.csproj")
            from reference in XDocument.Load(Repository.PathOf(file)).Descendants("PackageReference")
            where reference.Attribute("Version") is not null
            select $"{file}: {reference.Attribute("Include")!.Value}");
}
