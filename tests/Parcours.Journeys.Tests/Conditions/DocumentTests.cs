using System.Text.Json;
using System.Text.RegularExpressions;
using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>docs/conditions.md says what the program does.</summary>
public sealed partial class DocumentTests
{
    static readonly string Root = RootAbove(AppContext.BaseDirectory);
    static readonly string Text = File.ReadAllText(Path.Combine(Root, "docs", "conditions.md"));

    static string RootAbove(string folder) => File.Exists(Path.Combine(folder, "Parcours.slnx")) ? folder : RootAbove(Path.GetDirectoryName(folder)!);

    [GeneratedRegex("^```json\n(?<json>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    public static TheoryData<string> Examples => [.. Example().Matches(Text).Select(match => match.Groups["json"].Value)];

    [Theory, MemberData(nameof(Examples))]
    public void An_example_is_read_whole_has_no_problem_and_can_be_asked(string json)
    {
        var condition = Condition.FromJson(json);

        Assert.Empty(ConditionCompiler.Check(condition, ""));
        Assert.NotNull(ConditionCompiler.Compile(condition));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(condition.ToJson())), condition.ToJson());
    }

    [Fact]
    public void Every_kind_has_an_example() =>
        Assert.Superset(
            typeof(Condition).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false).Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>()
                .Select(derived => (string)derived.TypeDiscriminator!).ToHashSet(),
            Example().Matches(Text).Select(match => JsonElement.Parse(match.Groups["json"].Value).GetProperty("kind").GetString()!).ToHashSet());

    [Fact]
    public void Every_choice_is_told() =>
        Assert.All(
            Enum.GetNames<Comparison>().Concat(Enum.GetNames<EventFunction>()).Concat(Enum.GetNames<MessageIs>()).Select(name => char.ToLowerInvariant(name[0]) + name[1..]),
            name => Assert.Matches($"[`\"]{name}[`\"]", Text));

    [Fact]
    public void Every_code_of_a_problem_is_told() =>
        Assert.All(
            from file in Directory.GetFiles(Path.Combine(Root, "src", "Parcours.Journeys", "Conditions"), "ConditionCheck*.cs")
            from Match code in Code().Matches(File.ReadAllText(file))
            select code.Value.Trim('"'),
            code => Assert.Contains($"`{code}`", Text, StringComparison.Ordinal));

    [GeneratedRegex("\"condition\\.[a-zA-Z.]+\"")]
    private static partial Regex Code();
}
