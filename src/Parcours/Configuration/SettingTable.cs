namespace Parcours.Configuration;

/// <summary>The table of all settings as docs/operations.md shows it; a test keeps the two equal.</summary>
static class SettingTable
{
    public static string Markdown()
    {
        const string Head = "| option | environment | key in the file | default | what it is |\n|---|---|---|---|---|\n";
        return Head + string.Concat(Setting.All.Select(Row));
    }

    static string Row(Setting setting) =>
        $"| `{setting.Option} {setting.Value.Replace("|", "\\|", StringComparison.Ordinal)}` | `{setting.Variable}` | {(setting.Key is { } key ? $"`{key}`" : "–")} | {setting.Default} | {setting.Meaning} |\n";
}
