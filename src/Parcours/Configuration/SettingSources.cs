using System.Text.Json;

namespace Parcours.Configuration;

/// <summary>Where a setting may be said: option before environment before file. Knows no defaults.</summary>
sealed class SettingSources
{
    const string FileName = "parcours.json";
    readonly Func<Setting, string?> _option;
    readonly Func<string, string?> _environment;
    readonly Dictionary<string, string> _file;
    readonly string? _filePath;

    /// <param name="option">What the command line says; null: nothing.</param>
    /// <param name="environment">A variable's value by name.</param>
    /// <exception cref="SettingException">The file cannot be read, or says something that is no setting.</exception>
    public SettingSources(Func<Setting, string?> option, Func<string, string?> environment)
    {
        (_option, _environment, _file) = (option, environment, []);
        var named = Said(Setting.Config);
        _filePath = named?.Value ?? Path.Combine(Said(Setting.Data)?.Value ?? Settings.DefaultData, FileName);
        if (named is not null || File.Exists(_filePath))
            _file = ReadFile(_filePath);
    }

    /// <summary>What is said and where, in words; null where nothing is said. An empty value counts as not said.</summary>
    public (string Value, string Where)? Said(Setting setting)
    {
        if (_option(setting) is { } option)
            return option.Length > 0 ? (option, setting.Option) : throw new SettingException($"{setting.Option} needs a value: {setting.Option} {setting.Value}.");
        if (_environment(setting.Variable) is { Length: > 0 } variable)
            return (variable, setting.Variable);
        return setting.Key is { } key && _file.TryGetValue(key, out var value) ? (value, $"{key} in {_filePath}") : null;
    }

    static Dictionary<string, string> ReadFile(string path)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Properties(path))
        {
            if (Setting.All.FirstOrDefault(setting => setting.Key == name) is null)
                throw new SettingException($"{path} has the key \"{name}\", which is no setting. There are: {string.Join(", ", Setting.All.Select(setting => setting.Key).OfType<string>())}.");
            if (value.ValueKind != JsonValueKind.String)
                throw new SettingException($"{name} in {path} must be a text in quotation marks.");
            said[name] = value.GetString()!;
        }
        return said;
    }

    static List<(string Name, JsonElement Value)> Properties(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new SettingException($"{path} must hold one JSON object, e.g. {{\"urls\": \"http://localhost:8080\"}}.");
            return [.. document.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.Clone()))];
        }
        catch (JsonException wrong)
        {
            throw new SettingException($"{path} is not valid JSON: line {wrong.LineNumber + 1}, position {wrong.BytePositionInLine + 1}.", wrong);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The settings file {path} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
