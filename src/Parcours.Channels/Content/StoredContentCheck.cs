using System.Globalization;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Content;

/// <summary>Checks a content document before the catalogue keeps it.</summary>
public sealed class StoredContentCheck : IContentCheck
{
    public IReadOnlyList<Problem> Check(string name, ReadOnlyMemory<byte> json)
    {
        var problems = new List<Problem>();
        if (ContentDocument.Read(name, json, problems) is { } content)
        {
            var flat = ContentDocument.IsInOneLanguage(json);
            problems.AddRange(ContentCheck.Check(content).Select(problem => Tell(problem, content, flat)));
        }

        return problems;
    }

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
