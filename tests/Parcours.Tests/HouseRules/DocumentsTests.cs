using System.Text.RegularExpressions;

namespace Parcours.Tests.HouseRules;

/// <summary>The documents lead somewhere.</summary>
public sealed partial class DocumentsTests
{
    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    public static TheoryData<string> Documents => [.. Repository.Files("docs", "*.md"), "README.md", "CONTRIBUTING.md", "CHANGELOG.md"];

    [Theory, MemberData(nameof(Documents))]
    public void Every_link_in_a_document_leads_to_a_file(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var text = CodeBlock().Replace(File.ReadAllText(Repository.PathOf(document)), "");

        var broken = Link().Matches(text).Select(match => match.Groups["target"].Value)
            .Where(target => !target.StartsWith('#') && !Uri.IsWellFormedUriString(target, UriKind.Absolute))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));

        Assert.Empty(broken);
    }

    [Fact]
    public void Decisions_are_numbered_without_a_gap_and_say_their_status()
    {
        var decisions = Repository.Files("docs/decisions", "*.md").ToList();

        Assert.Equal(Enumerable.Range(1, decisions.Count).Select(number => $"{number:0000}"), decisions.Select(file => Path.GetFileName(file)[..4]));
        Assert.All(decisions, file => Assert.Matches(@"(?m)^(\*\*)?Status", File.ReadAllText(Repository.PathOf(file))));
    }
}
