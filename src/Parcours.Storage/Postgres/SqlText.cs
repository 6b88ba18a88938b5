using System.Collections.Concurrent;
using System.Globalization;

namespace Parcours.Storage.Postgres;

/// <summary>The named .sql files of this folder, as they were built into the program.</summary>
static class SqlText
{
    static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <summary>The text of <c>Postgres/Queries/{name}.sql</c>, without its closing semicolon.</summary>
    public static string Query(string name) => Texts.GetOrAdd(name, static name => Read($"Parcours.Storage.Postgres.Queries.{name}.sql").TrimEnd().TrimEnd(';'));

    /// <summary>Number and text of each migration, in order.</summary>
    public static IEnumerable<(int Number, string Text)> Migrations()
    {
        const string Folder = "Parcours.Storage.Postgres.Migrations.";
        return typeof(SqlText).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (Number: int.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture), Text: Read(name)))
            .OrderBy(migration => migration.Number);
    }

    static string Read(string resource)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The program was built without {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
