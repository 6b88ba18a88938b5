using System.Reflection;
using System.Xml.Linq;

namespace Parcours.Tests.HouseRules;

/// <summary>Which project may know which (docs/architecture.md, "The house").</summary>
public sealed class ArrowsTests
{
    // What each project may name in its project file; the compiler then cannot reach more than follows from it.
    static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Parcours.Journeys"] = [],
        ["Parcours.Engine"] = ["Parcours.Journeys"],
        ["Parcours.Storage"] = ["Parcours.Engine"],
        ["Parcours.Channels"] = ["Parcours.Engine"],
        ["Parcours"] = ["Parcours.Channels", "Parcours.Storage"],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys];

    [Fact]
    public void The_core_references_nothing_but_the_runtime_and_NodaTime() =>
        Assert.All(
            Assembly.Load("Parcours.Journeys").GetReferencedAssemblies(),
            reference => Assert.Matches(@"^(System(\.|$)|NodaTime$)", reference.Name));

    [Theory, MemberData(nameof(Projects))]
    public void A_project_names_only_the_projects_that_its_arrows_allow(string project) =>
        Assert.Equal(Arrows[project], References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Projects))]
    public void A_built_project_reaches_only_the_projects_behind_its_arrows(string project)
    {
        var reachable = Behind(project).ToHashSet();

        Assert.All(
            Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!).Where(Arrows.ContainsKey),
            name => Assert.Contains(name, reachable));
    }

    [Fact]
    public void Every_project_under_src_has_its_arrows() =>
        Assert.Equal(
            Arrows.Keys.Order(StringComparer.Ordinal),
            Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_core_has_no_package_but_NodaTime() =>
        Assert.Equal(["NodaTime"], References("Parcours.Journeys", "PackageReference"));

    [Fact]
    public void The_engine_has_no_package_of_a_store_a_channel_or_the_web() =>
        Assert.Empty(References("Parcours.Engine", "PackageReference").Except(["NodaTime"]));

    static IEnumerable<string> Behind(string project) => Arrows[project].SelectMany(next => Behind(next).Prepend(next));

    static IEnumerable<string> References(string project, string element) =>
        XDocument.Load(Repository.PathOf($"src/{project}/{project}.csproj")).Descendants(element)
            .Select(reference => reference.Attribute("Include")!.Value);
}
