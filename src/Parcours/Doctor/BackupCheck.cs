using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Configuration;

namespace Parcours.Doctor;

/// <summary>When the last backup was made, as <c>parcours backup</c> noted it in the data folder.</summary>
/// <param name="File">Where it went; it may have been carried off since.</param>
sealed record LastBackup(DateTimeOffset At, string File, long Bytes)
{
    const string Name = "last-backup.json";

    /// <summary>A note, no promise: a folder that cannot be written keeps none.</summary>
    public void Note(string folder)
    {
        try
        {
            System.IO.File.WriteAllText(Path.Combine(folder, Name), JsonSerializer.Serialize(this, LastBackupJson.Default.LastBackup));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The backup is there all the same.
        }
    }

    public static LastBackup? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(Path.Combine(folder, Name)), LastBackupJson.Default.LastBackup);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LastBackup))]
sealed partial class LastBackupJson : JsonSerializerContext;

static class BackupCheck
{
    static readonly TimeSpan AgeMost = TimeSpan.FromDays(7);

    public static Finding Of(Settings settings, DateTimeOffset now)
    {
        const string Check = "backup";
        var other = settings.Database is null ? "If you copy the disk by other means, that is well." : "If you archive with PostgreSQL's own means, that is well.";
        if (LastBackup.Read(settings.Data) is not { } last)
            return Finding.Warn(Check, $"parcours backup was never run on this machine. {other}");
        var age = now - last.At;
        return age > AgeMost ? Finding.Warn(Check, $"The last is {(int)age.TotalDays} days old ({last.File}). {other}") : Finding.Ok(Check, $"The last was made at {last.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {last.File}.");
    }
}
