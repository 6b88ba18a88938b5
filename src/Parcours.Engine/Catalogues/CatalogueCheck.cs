using System.Text.Json;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Reads the small documents of the catalogue and tells every problem of them; codes <c>catalogue.*</c>.</summary>
static class CatalogueCheck
{
    static readonly string[] PropertyTypes = ["any", "text", "number", "boolean", "date", "dateTime", "choice", "choices"];

    public static PropertyDefinition? Property(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (Open(json, problems, "name", "type", "choices", "public", "unique", "sensitive", "title") is not { } root)
            return null;
        Name(root, id, problems);
        var type = PropertyType.Any;
        if (Text(root, "type", problems) is { } typeName)
        {
            if (!PropertyTypes.Contains(typeName))
                problems.Add(Error("catalogue.property-type", "/type", $"'{typeName}' is no type of property; use one of {string.Join(", ", PropertyTypes)}."));
            else
                type = Enum.Parse<PropertyType>(typeName, ignoreCase: true);
        }

        var choices = Texts(root, "choices", problems);
        if (type is PropertyType.Choice or PropertyType.Choices && choices.Count == 0)
            problems.Add(Error("catalogue.choices", "/choices", "A property of this type names its choices: a list of at least one text."));
        var definition = new PropertyDefinition(id, type, choices, Flag(root, "public", problems), Flag(root, "unique", problems)) { Sensitive = Flag(root, "sensitive", problems) };
        return problems.Exists(problem => problem.Severity == Severity.Error) ? null : definition;
    }

    public static Topic? Topic(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (Open(json, problems, "name", "title", "whenUnknown") is not { } root)
            return null;
        Name(root, id, problems);
        var unknown = UnknownConsent.NeedsGiven;
        switch (Text(root, "whenUnknown", problems))
        {
            case null or "needsGiven": break;
            case "unlessRefused": unknown = UnknownConsent.UnlessRefused; break;
            case var other:
                problems.Add(Error("catalogue.when-unknown", "/whenUnknown", $"'{other}' is not known; use needsGiven (consent must have been given) or unlessRefused."));
                break;
        }

        return problems.Count > 0 ? null : new(id, unknown);
    }

    public static bool List(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (Open(json, problems, "name", "title", "description") is not { } root)
            return false;
        Name(root, id, problems);
        return problems.Count == 0;
    }

    /// <summary>An action: where it goes, what it asks for, what it gives back.</summary>
    public static CustomAction? Action(string id, ReadOnlyMemory<byte> json, IReferences references, List<Problem> problems)
    {
        if (Open(json, problems, "name", "title", "titles", "description", "icon", "method", "url", "headers", "body", "signWith", "inputs", "outputs") is not { } root)
            return null;
        if (id.Length is 0 or > 64 || id.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('-' or '_')))
            problems.Add(Error("catalogue.action-name", "/name", "A name has 1 to 64 characters: lower-case letters, digits, - and _."));
        if (Text(root, "name", problems) is { } name && name != id)
            problems.Add(Error("catalogue.name", "/name", $"The name in the document, '{name}', is not the one in the address, '{id}'."));
        ActionRecord? record;
        try
        {
            record = root.Deserialize(CatalogueJson.Default.ActionRecord);
        }
        catch (JsonException wrong)
        {
            problems.Add(Error("field.type", (wrong.Path ?? "").TrimStart('$').Replace('.', '/'), "This is not of the kind that belongs here."));
            return null;
        }

        var headers = record?.Headers ?? [];
        var body = record?.Body is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } template ? template : (JsonElement?)null;
        List<ActionInput> inputs = [.. (record?.Inputs ?? []).Select(input => new ActionInput(input.Name ?? "", input.Type, input.Required, input.Default is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } usual ? usual : null, input.Choices ?? []))];
        List<ActionOutput> outputs = [.. (record?.Outputs ?? []).Select(output => new ActionOutput(output.Name ?? "", output.From ?? ""))];
        CustomActionCheck.Check(record?.Url ?? "", record?.Method ?? default, headers, body, record?.SignWith, inputs, outputs, references, problems);
        return problems.Exists(problem => problem.Severity == Severity.Error) ? null : new(id, record!.Title, record.Method, record.Url!, headers, body, record.SignWith, inputs, outputs);
    }

    /// <summary>A frequency cap: channel, topic, most, within.</summary>
    public static FrequencyCap? Cap(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (Open(json, problems, "name", "channel", "topic", "most", "within") is not { } root)
            return null;
        Name(root, id, problems);
        var channel = Text(root, "channel", problems) ?? "email";
        if (channel != "email")
            problems.Add(Error("catalogue.cap-channel", "/channel", $"'{channel}' is no channel that has caps; use email."));
        var most = root.TryGetProperty("most", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var count) ? count : 0;
        if (most is < 1 or > 1_000)
            problems.Add(Error("catalogue.cap-most", "/most", "Say how many messages at most: a whole number from 1 to 1,000."));
        if (!IsoDuration.TryParse(Text(root, "within", problems), out var within) || within < Duration.FromMinutes(1) || within > Duration.FromDays(366))
        {
            problems.Add(Error("catalogue.cap-within", "/within", "Say within how long: an ISO 8601 duration from PT1M to P366D, such as P7D."));
            return null;
        }

        return problems.Count > 0 ? null : new(id, channel, Text(root, "topic", problems) ?? FrequencyCap.AllTopics, most, within);
    }

    /// <summary>A segment's document: name, description, condition.</summary>
    public static (string? Description, JsonElement Condition)? Segment(string id, ReadOnlyMemory<byte> json, IReferences references, List<Problem> problems)
    {
        var check = SegmentCheck.Check(Named(id, json), references);
        problems.AddRange(check.Problems);
        if (check.Definition is not { } segment)
            return null;
        if (segment.Name != id)
            problems.Add(Error("catalogue.name", "/name", $"The name in the document, '{segment.Name}', is not the one in the address, '{id}'."));
        if (problems.Exists(problem => problem.Severity == Severity.Error))
            return null;
        using var condition = JsonDocument.Parse(segment.Condition.ToJson(), new() { MaxDepth = 256 });
        return (segment.Description, condition.RootElement.Clone());
    }

    /// <summary>The address names the segment: the document need not say it again. What cannot be read is left to the check.</summary>
    static ReadOnlyMemory<byte> Named(string id, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 256 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.TryGetProperty("name", out _))
                return json;
            var text = document.RootElement.GetRawText().TrimStart()[1..];
            var comma = document.RootElement.EnumerateObject().Any() ? "," : "";
            return System.Text.Encoding.UTF8.GetBytes($"{{\"name\":{JsonSerializer.Serialize(id)}{comma}{text}");
        }
        catch (JsonException)
        {
            return json;
        }
    }

    internal static JsonElement? Open(ReadOnlyMemory<byte> json, List<Problem> problems, params ReadOnlySpan<string> fields)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 256 });
            var root = document.RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Object)
            {
                problems.Add(Error("json.malformed", "", "Here belongs a JSON object."));
                return null;
            }

            foreach (var field in root.EnumerateObject())
                if (!fields.Contains(field.Name))
                    problems.Add(Error("field.unknown", "/" + field.Name, $"There is no field '{field.Name}'; the fields are {string.Join(", ", fields)}."));
            return root;
        }
        catch (JsonException malformed)
        {
            problems.Add(Error("json.malformed", "", $"This is no JSON: line {(malformed.LineNumber ?? 0) + 1}, column {(malformed.BytePositionInLine ?? 0) + 1}."));
            return null;
        }
    }

    internal static void Name(JsonElement root, string id, List<Problem> problems)
    {
        if (id.Length is 0 or > 100 || id.Any(char.IsControl))
            problems.Add(Error("catalogue.name", "/name", "A name has 1 to 100 characters and no control characters."));
        if (Text(root, "name", problems) is { } name && name != id)
            problems.Add(Error("catalogue.name", "/name", $"The name in the document, '{name}', is not the one in the address, '{id}'."));
    }

    internal static string? Text(JsonElement root, string field, List<Problem> problems)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        problems.Add(Error("field.type", "/" + field, $"Field '{field}' is a text."));
        return null;
    }

    internal static bool Flag(JsonElement root, string field, List<Problem> problems)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind is JsonValueKind.False or JsonValueKind.Null)
            return false;
        if (value.ValueKind != JsonValueKind.True)
            problems.Add(Error("field.type", "/" + field, $"Field '{field}' is true or false."));
        return value.ValueKind == JsonValueKind.True;
    }

    internal static List<string> Texts(JsonElement root, string field, List<Problem> problems)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        problems.Add(Error("field.type", "/" + field, $"Field '{field}' is a list of texts."));
        return [];
    }

    public static Problem Error(string code, string path, string text) => new(Severity.Error, code, path, null, text);
}
