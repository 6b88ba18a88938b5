using System.Collections.Concurrent;
using System.Globalization;

namespace Parcours.Storage.Postgres;

/// <summary>The named .sql files of this folder, as they were built into the program.</summary>
static class SqlText
{
    static readonly ConcurrentDictionary<string, string> Texts = new(), Inserts = new();

    /// <summary>The text of <c>Postgres/Queries/{name}.sql</c>, without its closing semicolon.</summary>
    public static string Query(string name) => Texts.GetOrAdd(name, static name => Read($"Parcours.Storage.Postgres.Queries.{name}.sql").TrimEnd().TrimEnd(';'));

    /// <summary>The same for rows of which none is there: without what becomes of those that are, for which the server would look at every row twice.</summary>
    public static string Insert(string name) => Inserts.GetOrAdd(name, static name => Query(name) is var text && text.IndexOf("ON CONFLICT", StringComparison.Ordinal) is > 0 and var end ? text[..end].TrimEnd() : throw new InvalidOperationException($"{name} is an insert anyway."));

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
