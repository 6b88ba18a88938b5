using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parcours.Channels.Content;
using Parcours.Journeys.Definitions;

namespace Parcours.Tests.HouseRules;

/// <summary>What the checks find is shown to people in their language: each code has its words in the web application.</summary>
public sealed partial class TextsTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("it")]
    public void Each_code_of_a_check_has_its_words(string language)
    {
        using var texts = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"web/src/i18n/{language}/reasons.json")));
        var known = texts.RootElement.EnumerateObject().Select(text => text.Name).ToHashSet(StringComparer.Ordinal);

        var codes = Constants(typeof(ProblemCodes)).Concat(Constants(typeof(ContentCodes))).Concat(InSource("src/Parcours.Journeys/Conditions")).Concat(InSource("src/Parcours.Engine/Catalogues")).Concat(InSource("src/Parcours/Imports")).ToHashSet(StringComparer.Ordinal);

        Assert.True(codes.Count > 90, $"only {codes.Count} codes were found");
        Assert.Empty(codes.Except(known).Order());
    }

    static IEnumerable<string> Constants(Type codes) => codes.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    static IEnumerable<string> InSource(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories).SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

    [GeneratedRegex("""(?:Error|Warning|Refuse|Reason|ReasonOf|Wrong|Ask\(column, |reasons\.Add\(new|RowReason)\(?"([a-z][a-zA-Z-]*(?:\.[a-zA-Z-]+)+)""")]
    private static partial Regex Code();
}
