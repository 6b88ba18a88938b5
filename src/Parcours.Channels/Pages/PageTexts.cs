using System.Collections.Frozen;
using System.Text.Json;

namespace Parcours.Channels.Pages;

/// <summary>The words of the public pages and of the foot of mails, by language: <c>Pages/Texts/*.json</c>, one file a language.</summary>
static class PageTexts
{
    /// <summary>What everybody gets whose language is not there.</summary>
    public const string Fallback = "en";

    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByLanguage = new[] { "en", "fr", "it" }
        .ToFrozenDictionary(language => language, Read, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> All => ByLanguage.Keys;

    /// <summary>The words in a language, or in English.</summary>
    public static FrozenDictionary<string, string> For(string? language) => ByLanguage[Languages.Best(language, All) ?? Fallback];

    static FrozenDictionary<string, string> Read(string language)
    {
        // The file is part of the program: if it is not there, the build is broken, not the request.
        using var stream = typeof(PageTexts).Assembly.GetManifestResourceStream($"Parcours.Channels.Pages.Texts.{language}.json")
            ?? throw new InvalidOperationException($"The page texts of {language} are missing from the program.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }
}
