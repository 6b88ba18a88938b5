using Parcours.Configuration;
using Parcours.Security;

namespace Parcours.Doctor;

/// <summary>Whether the secrets in the database are sealed, and who can read the key.</summary>
static class SecretsCheck
{
    public static Finding Of(Settings settings)
    {
        const string Check = "secrets";
        var file = settings.SecretsKeyFile ?? (settings.Database is null ? Path.Combine(settings.Data, SealingKeys.FileName) : null);
        if (file is null)
            return Finding.Warn(Check, $"Secrets of webhooks and of second factors lie in the database as they are: name a key with {Setting.SecretsKeyFile.Option}, the same for all nodes.");
        if (!File.Exists(file))
            return settings.SecretsKeyFile is null
                ? Finding.Ok(Check, "The first start makes the key that seals them. After a restore put the old one there before.")
                : Finding.Problem(Check, $"{file} is not there. A key is made by: openssl rand -base64 32");
        try
        {
            _ = SealingKeys.Of(file, settings.Data, ownFolder: false);
        }
        catch (SettingException unfit)
        {
            return Finding.Problem(Check, unfit.Message);
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0
            ? Finding.Warn(Check, $"Others on this machine can read {file}, the key of all secrets: chmod 600.")
            : Finding.Ok(Check, $"They are sealed with the key in {file}. Keep a copy of it apart from the backups.");
    }
}
