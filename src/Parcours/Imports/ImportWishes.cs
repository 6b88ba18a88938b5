using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Http;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Imports;

/// <summary>How a file is to be read and what is to become of its columns: the same by option, by mapping file and over HTTP.</summary>
/// <remarks>Kept with the import: going on after an interruption means the same wishes. What JSON leaves out arrives as null, and is what it is by itself.</remarks>
public sealed record ImportWishes
{
    /// <summary>By column name as the file has it: what the column is (<see cref="ImportTarget"/>); null or <c>-</c>: left out. Columns not named here are recognised by their names.</summary>
    public IReadOnlyDictionary<string, string?> Columns { get; init => field = value ?? new Dictionary<string, string?>(); } = new Dictionary<string, string?>();

    /// <summary>One character, or <c>tab</c>; null: found out.</summary>
    public string? Delimiter { get; init; }

    /// <summary>A name such as <c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c>; null: found out among UTF-8 and UTF-16.</summary>
    public string? Encoding { get; init; }

    /// <summary><c>.</c> or <c>,</c>; null: found out column by column.</summary>
    public string? Decimal { get; init; }

    /// <summary>Patterns such as <c>dd/MM/yyyy</c> or <c>dd/MM/yyyy HH:mm</c>, tried in order before ISO 8601.</summary>
    public IReadOnlyList<string> DateFormats { get; init => field = value ?? []; } = [];

    /// <summary>An IANA name, for times without an offset; null: the installation's.</summary>
    public string? TimeZone { get; init; }

    public EmptyCell Empty { get; init; }

    /// <summary>Two letters: the country of telephone numbers that lack its code; null: such numbers are refused.</summary>
    public string? Country { get; init; }

    /// <summary>The name of events where no column has it.</summary>
    public string? Event { get; init; }

    /// <summary>Of enrolments: the journey that each enters, as by hand.</summary>
    public string? Journey { get; init; }

    /// <summary>Tags for every contact of the file.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>Lists that every contact of the file joins.</summary>
    public IReadOnlyList<string> Lists { get; init => field = value ?? []; } = [];

    /// <summary>Whether starting points that take imports may start journeys (Semantics 2.6).</summary>
    public bool StartJourneys { get; init; }

    /// <summary>One bad row, and nothing of the file goes in.</summary>
    public bool Strict { get; init; }

    /// <summary>Imports it although it was imported before.</summary>
    public bool Again { get; init; }

    /// <summary>Checks everything and writes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether both would make the same of a file.</summary>
    public bool SameReading(ImportWishes other) =>
        JsonSerializer.Serialize(Bare(this), ImportJson.Default.ImportWishes) == JsonSerializer.Serialize(Bare(other), ImportJson.Default.ImportWishes);

    static ImportWishes Bare(ImportWishes wishes) => wishes with
    {
        Again = false,
        DryRun = false,
        Strict = false,
        Columns = new SortedDictionary<string, string?>(wishes.Columns.ToDictionary(), StringComparer.Ordinal),
    };

    /// <summary>Reads a mapping file: an object of these wishes, or only of columns with what they are.</summary>
    /// <exception cref="ImportException">It is neither.</exception>
    public static ImportWishes Read(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new ImportException(ImportException.Reason("import.mapping", $"{source} must hold one JSON object, e.g. {{\"columns\": {{\"E-Mail\": \"email\"}}}}."));
            var isPlain = !root.TryGetProperty("columns", out _) && root.EnumerateObject().All(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null);
            return isPlain && !root.EnumerateObject().All(property => Names.Contains(property.Name))
                ? new() { Columns = root.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()) }
                : root.Deserialize(ImportJson.Default.ImportWishes) ?? new();
        }
        catch (JsonException wrong)
        {
            throw new ImportException(ImportException.Reason("import.mapping", $"{source} cannot be read: {FirstSentence(wrong.Message)}"), wrong);
        }
    }

    static readonly HashSet<string> Names = [.. ImportJson.Default.ImportWishes.Properties.Select(property => property.Name)];

    static string FirstSentence(string text) => text.Split(" Path:")[0].TrimEnd('.') + ".";

    /// <summary>Every reason why these wishes cannot be followed, whatever the file.</summary>
    public IReadOnlyList<ProblemReason> Problems()
    {
        var problems = new List<ProblemReason>();
        if (Delimiter is not null && DelimiterCharacter is null)
            Wrong("import.option.delimiter", Delimiter, $"The delimiter must be one character, or the word tab; '{Delimiter}' is neither.");
        if (Encoding is not null && TextEncodings.Named(Encoding) is null)
            Wrong("import.option.encoding", Encoding, $"There is no encoding '{Encoding}'. Say for example utf-8, utf-16, windows-1252 or iso-8859-15.");
        if (Decimal is not (null or "." or ","))
            Wrong("import.option.decimal", Decimal, $"The decimal mark is . or , and not '{Decimal}'.");
        if (TimeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is null)
            Wrong("import.option.timeZone", TimeZone, $"'{TimeZone}' is no time zone. Say for example Europe/Paris.");
        if (Country is not null && !CallingCodes.Knows(Country))
            Wrong("import.option.country", Country, $"The telephone numbers of '{Country}' are not known here. Say one of {CallingCodes.Names}, or write the numbers with + and the country's code.");
        foreach (var format in DateFormats)
            if (CellTimes.PatternProblem(format) is { } wrong)
                Wrong("import.option.dateFormats", format, $"'{format}' is no date format ({wrong}). Say for example dd/MM/yyyy or dd/MM/yyyy HH:mm.");
        foreach (var name in Tags.Concat(Lists))
            if (name.Trim().Length is 0 or > 100)
                Wrong("import.option.name", name, "The name of a tag or list has 1 to 100 characters.");
        if (Event is { } && Event.Trim().Length is 0 or > 200)
            Wrong("import.option.event", Event ?? "", "The name of an event has 1 to 200 characters.");
        return problems;

        void Wrong(string code, string value, string text) => problems.Add(ImportException.ReasonOf(code, "options", text, ("value", ImportGuesses.Shown(value))));
    }

    [JsonIgnore]
    internal char? DelimiterCharacter => Delimiter switch { "tab" or "\\t" => '\t', { Length: 1 } one when one[0] is not ('"' or '\r' or '\n') => one[0], _ => null };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseEnumConverter<ImportKind>), typeof(CamelCaseEnumConverter<ImportStatus>), typeof(CamelCaseEnumConverter<EmptyCell>), typeof(CamelCaseEnumConverter<ColumnGuess>)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ImportWishes))]
[JsonSerializable(typeof(ImportRecord))]
[JsonSerializable(typeof(ImportedFile))]
[JsonSerializable(typeof(ImportView))]
sealed partial class ImportJson : JsonSerializerContext;
