using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parcours.Web;

namespace Parcours.Imports;

/// <summary>Says in a reader's language why rows did not go in: by the codes in the file of bad rows, in the words that the application has for them.</summary>
sealed partial class RejectWords
{
    static readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> ByLanguage = new(StringComparer.Ordinal);

    readonly PageTexts _texts;
    readonly FrozenDictionary<string, string> _words;
    readonly Dictionary<string, IReadOnlyDictionary<string, string>?> _arguments = new(StringComparer.Ordinal);

    RejectWords(PageTexts texts, IReadOnlyList<BadRowGroup> groups)
    {
        (_texts, _words) = (texts, ByLanguage.GetOrAdd(texts.Language, Load));
        foreach (var group in groups)
            _arguments[Rejects.CodeOf(group.Code, group.Column)] = group.Arguments;
    }

    /// <param name="groups">The import's, for the values in the words.</param>
    /// <returns>Null: English, or a language that there is not; then what the file says stays.</returns>
    public static RejectWords? In(string? language, IReadOnlyList<BadRowGroup> groups) =>
        language is null || PageTexts.For(language) is not { Language: not "en" } texts ? null : new(texts, groups);

    static FrozenDictionary<string, string> Load(string language)
    {
        // The file is part of the program: if it is not there, the build is broken, not the request.
        using var stream = typeof(RejectWords).Assembly.GetManifestResourceStream($"reasons.{language}.json") ?? throw new InvalidOperationException($"The words for reasons in {language} are missing from the program.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Slot();

    /// <param name="said">What the file says.</param>
    /// <param name="codes">Of each reason, its code and column.</param>
    /// <returns>The same in the language; as it is where there are no words for one of them.</returns>
    public string Say(string said, IReadOnlyList<string> codes)
    {
        var sentences = new List<string>();
        foreach (var code in codes)
            if (Sentence(code) is { } sentence)
                sentences.Add(sentence);
            else
                return said;
        var reasons = string.Join(" ", sentences);
        return said.StartsWith(Rejects.WentIn, StringComparison.Ordinal) ? _texts.Fill("rejects.wentIn", ("reasons", reasons)) : reasons;
    }

    string? Sentence(string code)
    {
        var (name, column) = code.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? (code[..at], code[(at + 1)..]) : (code, "");
        if (!_words.TryGetValue(name, out var words))
            return null;
        var arguments = _arguments.GetValueOrDefault(code);
        var text = Slot().Replace(words, slot => slot.Groups[1].Value == "column" ? column : arguments?.GetValueOrDefault(slot.Groups[1].Value) ?? slot.Value);
        return Slot().IsMatch(text) ? null : column.Length > 0 ? $"{column}: {text}" : text;
    }
}
