using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>The journeys that come with Parcours.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Journeys => [.. Named("journeys")];
    public static TheoryData<string> Segments => [.. Named("segments")];

    static IEnumerable<string> Named(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf($"samples/{folder}"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>What lies beside the journeys, and nothing else.</summary>
    sealed class Samples : IReferences
    {
        static ReferenceState Find(string folder, string name) => Named(folder).Contains(name) ? ReferenceState.Live : ReferenceState.Missing;
        public ReferenceState Content(string channel, string name) => Find("content", name);
        public ReferenceState Segment(string name) => Find("segments", name);
        public IReadOnlyList<string> JourneysByStage(string property) => [];
        public ReferenceState Journey(string id) => Find("journeys", id);
        public bool List(string name) => false;
        public Topic? Topic(string name) => Find("topics", name) == ReferenceState.Live ? new(name, UnknownConsent.UnlessRefused) : null;
        public ValueKind? PropertyType(string name) => ValueKind.Text;
    }

    [Theory, MemberData(nameof(Journeys))]
    public void Every_sample_journey_is_sound_and_compiles(string file)
    {
        var read = JourneyCheck.Check(File.ReadAllBytes(Repository.PathOf($"samples/journeys/{file}.json")), References(file));

        Assert.Empty(read.Problems);
        Assert.Equal(file, read.Definition!.Id);
        var plan = JourneyCompiler.Compile(read.Definition, 1, DateTimeZone.Utc);
        Assert.Equal(read.Definition.Points.Keys, plan.Points.Select(point => point.Id));
    }

    // The reference journey sets a property of its own, of another type.
    static IReferences References(string journey) => journey == "reference" ? AnyReferences.Instance : new Samples();

    [Theory, MemberData(nameof(Segments))]
    public void Every_sample_segment_is_sound_and_carries_its_file_s_name(string file)
    {
        var read = SegmentCheck.Check(File.ReadAllBytes(Repository.PathOf($"samples/segments/{file}.json")), new Samples());

        Assert.Empty(read.Problems);
        Assert.Equal(file, read.Definition!.Name);
    }

    [Fact]
    public void The_sample_topic_is_sent_to_unless_refused_and_the_journeys_say_so()
    {
        Assert.Contains("\"whenUnknown\": \"unlessRefused\"", File.ReadAllText(Repository.PathOf("samples/topics/shop-news.json")), StringComparison.Ordinal);
        Assert.All(Named("journeys"), file => Assert.Contains("'unless refused'", File.ReadAllText(Repository.PathOf($"samples/journeys/{file}.json")), StringComparison.Ordinal));
    }
}
