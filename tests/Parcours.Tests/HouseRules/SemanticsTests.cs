using System.Text.RegularExpressions;

namespace Parcours.Tests.HouseRules;

/// <summary>docs/semantics.md and the tests know each other by number.</summary>
public sealed partial class SemanticsTests
{
    [GeneratedRegex(@"^- \*\*(?<number>\d+\.\d+)\*\*", RegexOptions.Multiline)]
    private static partial Regex Decision();

    // "Semantics 3.2", and several: "Semantics 3.1, 3.2 and 3.5".
    [GeneratedRegex(@"\bSemantics (?<number>\d+\.\d+)((,? and |, )(?<number>\d+\.\d+))*")]
    private static partial Regex Mention();

    // What is built so far. Left out is rehearsal (14).
    static readonly string[] Owed =
    [
        .. Numbers(1, 1, 10), .. Numbers(2, 1, 8), .. Numbers(3, 1, 9), .. Numbers(4, 1, 7), .. Numbers(5, 1, 4),
        .. Numbers(6, 1, 18), .. Numbers(7, 1, 11), .. Numbers(8, 1, 8), .. Numbers(9, 1, 3), .. Numbers(10, 1, 9),
        .. Numbers(11, 1, 4), .. Numbers(12, 1, 3), .. Numbers(13, 1, 5), .. Numbers(15, 1, 9), .. Numbers(16, 1, 4),
    ];

    static IEnumerable<string> Numbers(int section, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(number => $"{section}.{number}");

    static HashSet<string> Decisions { get; } =
        [.. Decision().Matches(File.ReadAllText(Repository.PathOf("docs/semantics.md"))).Select(match => match.Groups["number"].Value)];

    // This file speaks of numbers without testing them.
    static IEnumerable<(string File, string Number)> Named { get; } =
    [
        .. from file in Repository.Files("tests", "*.cs").Concat(Repository.Files("tests", "*.mjs"))
           where !file.EndsWith("/SemanticsTests.cs", StringComparison.Ordinal)
           from Match mention in Mention().Matches(File.ReadAllText(Repository.PathOf(file)))
           from Capture number in mention.Groups["number"].Captures
           select (file, number.Value),
    ];

    [Fact]
    public void The_decisions_are_found() => Assert.Superset(new HashSet<string> { "1.1", "7.9", "16.4" }, Decisions);

    [Fact]
    public void Every_number_that_a_test_names_is_a_decision() =>
        Assert.Empty(Named.Where(named => !Decisions.Contains(named.Number)).Select(named => $"{named.File} names {named.Number}"));

    [Fact]
    public void Every_decision_that_is_built_has_a_test_that_names_it()
    {
        var missing = Owed.Except(Named.Select(named => named.Number)).ToList();

        Assert.True(missing.Count == 0, $"{missing.Count} of {Owed.Length} decisions have no test that names them: {string.Join(", ", missing)}");
    }
}
