using System.Globalization;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Content;

/// <summary>Checks a content document before the catalogue keeps it.</summary>
public sealed class StoredContentCheck : IContentCheck
{
    public IReadOnlyList<Problem> Check(string name, ReadOnlyMemory<byte> json)
    {
        var form = new List<Problem>();
        if (ContentDocument.ReadRest(name, json, form) is not { } content)
            return form;
        var flat = ContentDocument.IsInOneLanguage(json);
        return [.. form, .. ContentCheck.Check(content).Select(problem => Tell(problem, content, flat)).Where(problem => !form.Exists(told => Explains(told.Path, problem.Path)))];
    }

    /// <summary>Whether what is wrong with the form at one place is why the rest lacks something at another.</summary>
    static bool Explains(string form, string path) =>
        path == form || path.StartsWith(form + "/", StringComparison.Ordinal)
        || form[..Math.Max(0, form.LastIndexOf('/'))] == path && form.Split('/')[^1] is "subject" or "html" or "text" or "language" or "defaultLanguage"
        || path.Length == 0 && form.StartsWith("/texts", StringComparison.Ordinal);

    static Problem Tell(ContentProblem problem, EmailContent content, bool flat)
    {
        var arguments = new Dictionary<string, string> { ["part"] = Name(problem.Part) };
        if (problem.Language is { } language)
            arguments["language"] = language;
        if (problem is { Line: { } line, Column: { } column })
        {
            arguments["line"] = line.ToString(CultureInfo.InvariantCulture);
            arguments["column"] = column.ToString(CultureInfo.InvariantCulture);
        }

        return new Problem(problem.Severity, problem.Code, PathOf(problem, content, flat), null, problem.Text, arguments);
    }

    static string PathOf(ContentProblem problem, EmailContent content, bool flat)
    {
        var part = problem.Part == ContentPart.Content ? "" : "/" + Name(problem.Part);
        return !flat && problem.Language is { } language && content.Texts.ContainsKey(language) ? $"/texts/{ContentDocument.Escape(language)}{part}" : part;
    }

    static string Name(ContentPart part) => part switch
    {
        ContentPart.Subject => "subject",
        ContentPart.Preheader => "preheader",
        ContentPart.Html => "html",
        ContentPart.Text => "text",
        _ => "content",
    };
}
