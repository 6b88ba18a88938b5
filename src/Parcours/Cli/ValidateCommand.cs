using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions;

namespace Parcours.Cli;

/// <summary><c>parcours validate</c>: every problem of a definition at once, without any installation. What it names (content, segments, lists, topics) is taken to be there.</summary>
static class ValidateCommand
{
    public static async Task<int> RunAsync(string file, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        var journey = JourneyCheck.Check(await ReadAsync(file, cancellationToken), AnyReferences.Instance);
        if (json)
            terminal.Out.WriteLine(JsonSerializer.Serialize(new ValidateReport(journey.IsSound, [.. journey.Problems.Select(ReportOf)]), ValidateJson.Default.ValidateReport));
        else
            WriteLines(journey, terminal.Out);
        return journey.IsSound ? 0 : CommandException.Failed;
    }

    static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (file != "-")
                return await File.ReadAllBytesAsync(file, cancellationToken);
            using var read = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(read, cancellationToken);
            return read.ToArray();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {unreadable.Message}", cause: unreadable);
        }
    }

    static void WriteLines(CheckedJourney journey, TextWriter output)
    {
        foreach (var problem in journey.Problems)
            output.WriteLine($"{Low(problem.Severity)} {(problem.Path.Length > 0 ? problem.Path : "/")} {problem.Code}: {problem.Text}");
        var errors = journey.Problems.Count(problem => problem.Severity == Severity.Error);
        var warnings = journey.Problems.Count - errors;
        output.WriteLine(journey.Problems.Count == 0 ? "No problems." : $"{Count(errors, "error")}, {Count(warnings, "warning")}.");
    }

    static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    static string Low(Severity severity) => severity == Severity.Error ? "error" : "warning";

    static ValidateProblem ReportOf(Problem problem) => new(Low(problem.Severity), problem.Code, problem.Path, problem.Point, problem.Text, problem.Arguments);
}

/// <summary>What <c>validate --json</c> prints.</summary>
/// <param name="Valid">No problem forbids going live.</param>
sealed record ValidateReport(bool Valid, IReadOnlyList<ValidateProblem> Problems);

/// <param name="Path">A JSON pointer.</param>
sealed record ValidateProblem(string Severity, string Code, string Path, string? Point, string Text, IReadOnlyDictionary<string, string>? Arguments);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ValidateReport))]
sealed partial class ValidateJson : JsonSerializerContext;
