using System.Collections.Concurrent;
using System.Text.Json;
using Parcours.Security;

namespace Parcours.Contacts;

/// <summary>Which contacts go into a file, and how it is written.</summary>
/// <param name="Ids">These alone; null: whom search and condition find.</param>
/// <param name="Archived">Only those that are archived, or only those that are not; null: both.</param>
/// <param name="By">Who ordered it, and alone may fetch it.</param>
sealed record ContactExport(string? Search, JsonElement? Condition, IReadOnlyList<Guid>? Ids, char Delimiter, string By, bool? Archived = null);

/// <summary>Exports that were ordered and may be fetched for a moment: a browser saves a file from an address, and a condition is too long for one.</summary>
sealed class ContactExports(TimeProvider time)
{
    const int Most = 100;
    static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, (ContactExport Export, DateTimeOffset Until)> _kept = new(StringComparer.Ordinal);

    /// <returns>Its name, and until when it may be fetched.</returns>
    public (string Name, DateTimeOffset Until) Keep(ContactExport export)
    {
        var now = time.GetUtcNow();
        foreach (var (key, held) in _kept.OrderBy(pair => pair.Value.Until))
            if (held.Until < now || _kept.Count >= Most)
                _kept.TryRemove(key, out _);
        var (name, until) = (Secrets.New(), now + KeptFor);
        _kept[name] = (export, until);
        return (name, until);
    }

    public ContactExport? Find(string name, string by) => _kept.TryGetValue(name, out var held) && held.Until >= time.GetUtcNow() && held.Export.By == by ? held.Export : null;
}
