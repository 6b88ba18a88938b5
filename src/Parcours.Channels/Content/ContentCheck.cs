using System.Text;
using HandlebarsDotNet;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Content;

/// <summary>Finds what is wrong with content when it is saved, so that nothing of it is found when it is sent. Pure.</summary>
public static class ContentCheck
{
    /// <summary>UTF-8 bytes that one part of an e-mail may have.</summary>
    public const int PartBytesMax = 512 * 1024;

    /// <summary>Characters that a subject or preheader may have before its fields are filled in.</summary>
    public const int LineCharactersMax = 2_000;

    /// <summary>Characters that a name may have.</summary>
    public const int NameCharactersMax = 200;

    /// <summary>Every problem at once: in the order of the languages, the parts, and their places.</summary>
    public static IReadOnlyList<ContentProblem> Check(EmailContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var problems = new List<ContentProblem>();
        CheckWhole(content, problems);
        foreach (var (language, text) in content.Texts.OrderBy(text => text.Key, StringComparer.Ordinal))
            CheckText(language, text, problems);
        return problems;
    }

    static void CheckWhole(EmailContent content, List<ContentProblem> problems)
    {
        void Add(string code, string? language, string text) =>
            problems.Add(new ContentProblem(code, Severity.Error, ContentPart.Content, language, null, null, text));

        if (string.IsNullOrWhiteSpace(content.Name))
            Add(ContentCodes.NoName, null, "Give the content a name: journeys refer to it by that.");
        else if (content.Name.Length > NameCharactersMax)
            Add(ContentCodes.NoName, null, $"The name may have {NameCharactersMax} characters.");
        if (!content.Texts.ContainsKey(content.DefaultLanguage))
            Add(ContentCodes.Language, content.DefaultLanguage, $"There is no wording in the default language ‘{content.DefaultLanguage}’.");
        foreach (var language in content.Texts.Keys.Order(StringComparer.Ordinal))
            if (Languages.Find(language) is null)
                Add(ContentCodes.Language, language, $"‘{language}’ is not a language: write a tag such as en, fr or fr-CH.");
    }

    static void CheckText(string language, EmailText text, List<ContentProblem> problems)
    {
        void Warn(string code, ContentPart part, string what) =>
            problems.Add(new ContentProblem(code, Severity.Warning, part, language, null, null, what));
        void Refuse(string code, ContentPart part, string what) =>
            problems.Add(new ContentProblem(code, Severity.Error, part, language, null, null, what));

        if (string.IsNullOrWhiteSpace(text.Subject))
            Refuse(ContentCodes.NoSubject, ContentPart.Subject, "Write a subject.");
        else
            CheckPart(language, ContentPart.Subject, text.Subject, LineCharactersMax, problems);
        if (!string.IsNullOrWhiteSpace(text.Preheader))
            CheckPart(language, ContentPart.Preheader, text.Preheader, LineCharactersMax, problems);
        var hasHtml = !string.IsNullOrWhiteSpace(text.Html);
        var hasText = !string.IsNullOrWhiteSpace(text.Text);
        if (!hasHtml && !hasText)
            Refuse(ContentCodes.NoBody, ContentPart.Content, "Write the mail: HTML, text, or both.");
        if (hasHtml && CheckPart(language, ContentPart.Html, text.Html!, int.MaxValue, problems) is { } html && !NamesUnsubscribe(html))
            Warn(ContentCodes.NoUnsubscribe, ContentPart.Html, "There is no {{links.unsubscribe}}: as marketing mail it gets a link at its foot.");
        if (hasText && CheckPart(language, ContentPart.Text, text.Text!, int.MaxValue, problems) is { } plain && !NamesUnsubscribe(plain))
            Warn(ContentCodes.NoUnsubscribe, ContentPart.Text, "There is no {{links.unsubscribe}}: as marketing mail it gets a link at its foot.");
    }

    /// <returns>The tags; null if the part could not be read.</returns>
    static List<TemplateTag>? CheckPart(string language, ContentPart part, string source, int charactersMax, List<ContentProblem> problems)
    {
        if (source.Length > charactersMax)
        {
            problems.Add(new ContentProblem(ContentCodes.Size, Severity.Error, part, language, null, null, $"It may have {charactersMax} characters; it has {source.Length}."));
            return null;
        }

        if (Encoding.UTF8.GetByteCount(source) is var bytes and > PartBytesMax)
        {
            problems.Add(new ContentProblem(ContentCodes.Size, Severity.Error, part, language, null, null, $"It may have {PartBytesMax / 1024} KB; it has {(bytes + 1023) / 1024} KB."));
            return null;
        }

        var found = new List<(int At, string Code, string Text)>();
        var tags = TemplateScanner.Scan(source, (code, at, text) => found.Add((at, code, text)));
        TemplateRules.Check(tags, part == ContentPart.Html, (code, at, text) => found.Add((at, code, text)));
        if (part == ContentPart.Html)
        {
            HtmlPlaces.Check(source, tags, (code, at, text) => found.Add((at, code, text)));
            if (PlainText.NestsTooDeep(source) is var deep and >= 0)
                found.Add((deep, ContentCodes.Size, $"Here more than {PlainText.OpenElementsMax} elements stand open: close them."));
        }

        // The compiler has the last word: what it refuses, whatever our reading says, must not be saved.
        if (found.Count == 0 && CompilerSays(source, part) is { } refused)
            found.Add((0, ContentCodes.Template, refused));
        foreach (var (at, code, text) in found.OrderBy(problem => problem.At))
            problems.Add(Place(code, part, language, source, at, text));
        // Of what could not be read to its end nobody can say what it lacks.
        return found.Exists(problem => problem.Code == ContentCodes.Template) ? null : tags;
    }

    static string? CompilerSays(string source, ContentPart part)
    {
        try
        {
            TemplateEngine.Compile(source, part == ContentPart.Html);
            return null;
        }
        catch (HandlebarsException refused)
        {
            return refused.Message;
        }
    }

    static ContentProblem Place(string code, ContentPart part, string language, string source, int at, string text)
    {
        var before = source.AsSpan(0, at);
        var line = before.Count('\n') + 1;
        return new ContentProblem(code, Severity.Error, part, language, line, at - before.LastIndexOf('\n'), text);
    }

    static bool NamesUnsubscribe(List<TemplateTag> tags) => tags.Any(tag => tag.Content.Any(Names));

    static bool Names(TemplateExpression expression) => expression switch
    {
        TemplateExpression.Field field => field.Segments is [.., "links", "unsubscribe"],
        TemplateExpression.Call call => call.Arguments.Any(Names),
        _ => false,
    };
}
