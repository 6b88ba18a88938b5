using System.Globalization;
using Parcours.Engine.Ports;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Brings a database to the newest form: numbered files, run in order, each in a transaction of its own with its number.</summary>
static class Schema
{
    /// <summary>Runs what is missing; refuses a database that a newer program wrote.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.TooNew"/>.</exception>
    public static void Migrate(SqliteConnection connection, IReadOnlyCollection<(int Number, string Text)> migrations)
    {
        var stands = Version(connection);
        var newest = migrations.Count == 0 ? 0 : migrations.Max(migration => migration.Number);
        if (stands > newest)
            throw new StoreException(
                StoreFailure.TooNew,
                $"The database {connection.Path} has schema {stands}, and this program knows schemas up to {newest}: a newer version of Parcours wrote it. Start that version, or restore a backup made before.");

        foreach (var (number, text) in migrations.Where(migration => migration.Number > stands).OrderBy(migration => migration.Number))
        {
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                if (number == 1) connection.Execute("CREATE TABLE schema_version (number INTEGER PRIMARY KEY) WITHOUT ROWID");
                connection.Execute(text);
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version (number) VALUES ({number})"));
                connection.Execute("COMMIT");
            }
            catch
            {
                if (connection.InTransaction) connection.Execute("ROLLBACK");
                throw;
            }
        }
    }

    /// <summary>The number of the newest migration that ran; 0 for an empty database.</summary>
    public static int Version(SqliteConnection connection) =>
        connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'") is null
            ? 0
            : (int)(connection.Scalar("SELECT max(number) FROM schema_version") ?? 0);
}
