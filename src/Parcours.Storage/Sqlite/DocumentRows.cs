using Parcours.Engine.Ports;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>From rows of table document: id, revision, created, updated, json.</summary>
static class DocumentRows
{
    public static Document Read(SqliteStatement row, string kind) => new(kind, row.Text(0), row.Long(1), row.Instant(2), row.Instant(3), row.Bytes(4));
}
