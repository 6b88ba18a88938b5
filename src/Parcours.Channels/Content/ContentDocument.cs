using System.Text.Json;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Content;

/// <summary>Content as JSON: what the API takes and the catalogue keeps (docs/content.md).</summary>
/// <remarks>
/// <c>{"name","defaultLanguage","texts":{"en":{"subject","preheader","html","text"}}}</c>; or, in one language,
/// <c>{"name","language","subject","preheader","html","text"}</c>, where the language is <c>en</c> if not said.
/// </remarks>
public static class ContentDocument
{
    static readonly string[] Parts = ["subject", "preheader", "html", "text"];

    /// <summary>Reads a document. Whatever is wrong with its form is told at once; the templates in it are <see cref="ContentCheck"/>'s matter.</summary>
    /// <param name="name">The name under which it is kept; one in the document must be the same.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="problems">Added to.</param>
    /// <returns>Null if it is not content.</returns>
    public static EmailContent? Read(string name, ReadOnlyMemory<byte> json, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var before = problems.Count;
        var content = ReadRest(name, json, problems);
        return problems.Count == before ? content : null;
    }

    /// <summary>The same, with what could be read where the form is wrong; null where it is no JSON object.</summary>
    internal static EmailContent? ReadRest(string name, ReadOnlyMemory<byte> json, ICollection<Problem> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(name, document.RootElement, problems);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            problems.Add(new Problem(Severity.Error, ContentCodes.Json, "", null, $"This is not JSON: {malformed.Message}"));
            return null;
        }
    }

    /// <summary>Whether a document that <see cref="Read(string,ReadOnlyMemory{byte},ICollection{Problem})"/> took has its parts at the top, in one language.</summary>
    internal static bool IsInOneLanguage(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return !document.RootElement.TryGetProperty("texts", out _);
    }

    static EmailContent? Read(string name, JsonElement root, ICollection<Problem> problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem(Severity.Error, ContentCodes.Json, "", null, "Content is a JSON object."));
            return null;
        }

        var inOneLanguage = !root.TryGetProperty("texts", out var texts);
        Known(root, "", inOneLanguage ? ["kind", "name", "language", "trackOpens", "trackClicks", .. Parts] : ["kind", "name", "defaultLanguage", "trackOpens", "trackClicks", "texts"], problems);
        if ((Text(root, "kind", "", problems) ?? "email") != "email")
            problems.Add(new Problem(Severity.Error, ContentCodes.Json, "/kind", null, "The only kind of content is \"email\"."));
        if (Text(root, "name", "", problems) is { } said && said != name)
            problems.Add(new Problem(Severity.Error, ContentCodes.NoName, "/name", null, $"The content is kept as ‘{name}’, and says that its name is ‘{said}’."));

        var (opens, clicks) = (Flag(root, "trackOpens", problems), Flag(root, "trackClicks", problems));
        if (inOneLanguage)
            return EmailContent.InOneLanguage(name, Text(root, "language", "", problems) ?? "en", ReadText(root, "", problems)) with { TrackOpens = opens, TrackClicks = clicks };

        var byLanguage = new Dictionary<string, EmailText>();
        if (texts.ValueKind != JsonValueKind.Object)
            problems.Add(new Problem(Severity.Error, ContentCodes.Json, "/texts", null, "Here an object is expected: {\"en\": {\"subject\": …}}."));
        else
            foreach (var text in texts.EnumerateObject())
                byLanguage[text.Name] = ReadLanguage(text, problems);
        return new EmailContent
        {
            Name = name,
            DefaultLanguage = Text(root, "defaultLanguage", "", problems) ?? (byLanguage.Count == 1 ? byLanguage.Keys.Single() : ""),
            Texts = byLanguage,
            TrackOpens = opens,
            TrackClicks = clicks,
        };
    }

    static bool Flag(JsonElement root, string field, ICollection<Problem> problems)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.True)
            return true;
        if (value.ValueKind != JsonValueKind.False)
            problems.Add(new Problem(Severity.Error, ContentCodes.Json, $"/{field}", null, "Here true or false is expected."));
        return false;
    }

    static EmailText ReadLanguage(JsonProperty text, ICollection<Problem> problems)
    {
        var path = $"/texts/{Escape(text.Name)}";
        if (text.Value.ValueKind == JsonValueKind.Object)
        {
            Known(text.Value, path, Parts, problems);
            return ReadText(text.Value, path, problems);
        }

        problems.Add(new Problem(Severity.Error, ContentCodes.Json, path, null, "Here an object is expected: {\"subject\": …, \"html\": …}."));
        return new EmailText("");
    }

    static EmailText ReadText(JsonElement text, string path, ICollection<Problem> problems) => new(
        Text(text, "subject", path, problems) ?? "", Text(text, "preheader", path, problems), Text(text, "html", path, problems), Text(text, "text", path, problems));

    static string? Text(JsonElement parent, string field, string path, ICollection<Problem> problems)
    {
        if (!parent.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        problems.Add(new Problem(Severity.Error, ContentCodes.Json, $"{path}/{field}", null, "Here text is expected."));
        return null;
    }

    static void Known(JsonElement parent, string path, string[] fields, ICollection<Problem> problems)
    {
        foreach (var field in parent.EnumerateObject().Where(field => !fields.Contains(field.Name)))
            problems.Add(new Problem(Severity.Error, ContentCodes.Json, $"{path}/{Escape(field.Name)}", null, $"There is no field ‘{field.Name}’ here: there are {string.Join(", ", fields)}."));
    }

    /// <summary>RFC 6901 section 3.</summary>
    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
