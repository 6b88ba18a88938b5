using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Cli;
using Parcours.Configuration;

namespace Parcours.Doctor;

/// <summary><c>parcours doctor</c>: looks at everything that an installation rests on, changes nothing, and says what is wrong.</summary>
static class DoctorCommand
{
    /// <returns>0: nothing is wrong, but for what is only worth knowing; 1: something is.</returns>
    public static async Task<int> RunAsync(Func<Settings> read, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var finding in ExamineAsync(read, cancellationToken))
        {
            findings.Add(finding);
            if (!json)
                terminal.Out.WriteLine($"{finding.Verdict.ToString().ToLowerInvariant(),-8} {finding.Check,-12} {finding.Text}");
        }

        if (json)
            terminal.Out.WriteLine(JsonSerializer.Serialize(findings, DoctorJson.Default.ListFinding));
        return findings.Exists(finding => finding.Verdict == Verdict.Problem) ? CommandException.Failed : 0;
    }

    static async IAsyncEnumerable<Finding> ExamineAsync(Func<Settings> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (settings, smtp, wrong) = Read(read);
        foreach (var refusal in wrong)
            yield return Finding.Problem("settings", refusal);
        if (settings is null)
            yield break;
        if (wrong.Count == 0)
            yield return Finding.Ok("settings", "All can be used.");
        foreach (var finding in MachineChecks.Of(settings))
            yield return finding;
        await foreach (var finding in StoreChecks.OfAsync(settings, TimeProvider.System, cancellationToken))
            yield return finding;
        yield return SecretsCheck.Of(settings);
        yield return BackupCheck.Of(settings, DateTimeOffset.UtcNow);
        await foreach (var finding in NetworkChecks.OfAsync(settings, smtp, cancellationToken))
            yield return finding;
    }

    static (Settings? Settings, Channels.Smtp.SmtpSettings? Smtp, List<string> Wrong) Read(Func<Settings> read)
    {
        var wrong = new List<string>();
        Settings? settings = null;
        try
        {
            settings = read();
            return (settings, settings.Smtp.Value, wrong);
        }
        catch (SettingException refused)
        {
            wrong.Add(refused.Message);
            return (settings, null, wrong);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<Finding>))]
sealed partial class DoctorJson : JsonSerializerContext;
