using System.CommandLine;
using Parcours.Configuration;

namespace Parcours.Cli;

/// <summary>The settings as options of commands.</summary>
static class SettingOptions
{
    static readonly Dictionary<Setting, Option<string?>> All = Setting.All.ToDictionary(
        setting => setting,
        setting => new Option<string?>(setting.Option) { HelpName = setting.Value, Description = $"{setting.Meaning} Default: {setting.Default}.".Replace("`", "", StringComparison.Ordinal) });

    /// <summary>Lets a command take these settings.</summary>
    public static T With<T>(this T command, params ReadOnlySpan<Setting> settings) where T : Command
    {
        foreach (var setting in settings)
            command.Options.Add(All[setting]);
        return command;
    }

    /// <exception cref="SettingException">One of them cannot be used.</exception>
    public static Settings Read(ParseResult parsed) =>
        Settings.Read(new SettingSources(setting => parsed.GetResult(All[setting]) is null ? null : parsed.GetValue(All[setting]) ?? "", Environment.GetEnvironmentVariable));
}
