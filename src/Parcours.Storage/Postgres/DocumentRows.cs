using Npgsql;
using Parcours.Engine.Ports;

namespace Parcours.Storage.Postgres;

/// <summary>From rows of table document: id, revision, created, updated, json.</summary>
static class DocumentRows
{
    public static Document Read(NpgsqlDataReader row, string kind) => new(kind, row.GetString(0), row.GetInt64(1), row.Instant(2), row.Instant(3), row.Bytes(4));
}
