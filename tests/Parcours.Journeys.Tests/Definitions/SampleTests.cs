using NodaTime;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>The journeys that come with Parcours.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Journeys => [.. Directory.EnumerateFiles(Repository.PathOf("samples/journeys"), "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Journeys))]
    public void Every_sample_journey_is_sound_and_compiles(string file)
    {
        var read = JourneyCheck.Check(File.ReadAllBytes(Repository.PathOf($"samples/journeys/{file}")), AnyReferences.Instance);

        Assert.Empty(read.Problems);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), read.Definition!.Id);
        var plan = JourneyCompiler.Compile(read.Definition, 1, DateTimeZone.Utc);
        Assert.Equal(read.Definition.Points.Keys, plan.Points.Select(point => point.Id));
    }
}
