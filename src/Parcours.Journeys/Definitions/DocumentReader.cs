using System.Text.Json;
using System.Text.Unicode;

namespace Parcours.Journeys.Definitions;

/// <summary>From bytes to a document of a type, or to everything that is wrong with its form. Never throws, whatever it is given.</summary>
static class DocumentReader
{
    /// <summary>Far above what 500 points take.</summary>
    internal const int BytesMax = 4 * 1024 * 1024;

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    internal static (T? Document, List<Problem> Problems) Read<T>(ReadOnlyMemory<byte> json, JsonSerializerOptions options, Action<JsonElement, ShapeCheck>? wrong = null)
        where T : class
    {
        if (json.Span.StartsWith("\uFEFF"u8))
            json = json[3..];
        if (json.Length > BytesMax)
            return (null, Refused(ProblemCodes.JsonTooLarge, $"A definition takes at most {BytesMax} bytes.", ("max", $"{BytesMax}")));
        if (!Utf8.IsValid(json.Span))
            return (null, Refused(ProblemCodes.JsonMalformed, "This is no UTF-8 text; save the file as UTF-8."));
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = options.MaxDepth });
            return Read<T>(document.RootElement, options, wrong);
        }
        catch (JsonException malformed)
        {
            var (line, column) = ((malformed.LineNumber ?? 0) + 1, (malformed.BytePositionInLine ?? 0) + 1);
            return (null, Refused(ProblemCodes.JsonMalformed, $"This is no JSON: line {line}, column {column}.", ("line", $"{line}"), ("column", $"{column}")));
        }
    }

    /// <param name="wrong">Told of a document that cannot be read, so that its readable rest can be judged too.</param>
    internal static (T? Document, List<Problem> Problems) Read<T>(JsonElement json, JsonSerializerOptions options, Action<JsonElement, ShapeCheck>? wrong = null)
        where T : class
    {
        var shape = new ShapeCheck(options);
        var type = options.GetTypeInfo(typeof(T));
        try
        {
            shape.Walk(json, type, "");
            if (shape.Problems.Count == 0)
                return ((T?)json.Deserialize(type), shape.Problems);
            wrong?.Invoke(json, shape);
            return (null, shape.Problems);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape, is valid JSON and no text.
            return (null, Refused(ProblemCodes.JsonMalformed, "A text in this document is no Unicode: look for \\ud800 to \\udfff that stand alone."));
        }
    }

    static List<Problem> Refused(string code, string text, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var named = new Dictionary<string, string>();
        foreach (var (name, value) in arguments)
            named[name] = value;
        return [new(Severity.Error, code, "", null, text, named)];
    }
}
