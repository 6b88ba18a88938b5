using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Parcours.Web;

/// <summary>The words of this program's own pages in one language: <c>Web/Texts/*.json</c>.</summary>
public sealed class PageTexts
{
    static readonly FrozenDictionary<string, PageTexts> ByLanguage =
        new[] { "en", "fr", "it" }.ToFrozenDictionary(language => language, language => new PageTexts(language), StringComparer.OrdinalIgnoreCase);

    readonly FrozenDictionary<string, string> _words;

    PageTexts(string language)
    {
        Language = language;
        // The file is part of the program: if it is not there, the build is broken, not the request.
        using var stream = typeof(PageTexts).Assembly.GetManifestResourceStream($"Parcours.Web.Texts.{language}.json")
            ?? throw new InvalidOperationException($"The page texts of {language} are missing from the program.");
        _words = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }

    public string Language { get; }

    public static IReadOnlyCollection<PageTexts> All => ByLanguage.Values;
    public IReadOnlyCollection<string> Keys => _words.Keys;

    /// <summary>In this language; else English.</summary>
    public static PageTexts For(string? language) => language is not null && ByLanguage.TryGetValue(language, out var texts) ? texts : ByLanguage["en"];

    public bool Has(string key) => _words.ContainsKey(key);

    public string this[string key] => _words[key];

    /// <summary>A text with its slots filled: <c>{name}</c>.</summary>
    public string Fill(string key, params ReadOnlySpan<(string Name, string Value)> slots)
    {
        var text = _words[key];
        foreach (var (name, value) in slots)
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>What the browser wants most of what there is; else English.</summary>
    public static PageTexts Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wishes = StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var parsed) ? parsed : [];
        foreach (var wish in wishes.OrderByDescending(wish => wish.Quality ?? 1))
            if (ByLanguage.TryGetValue(wish.Value.ToString().Split('-')[0], out var texts))
                return texts;
        return ByLanguage["en"];
    }
}
