using Parcours.Engine.Ports;

namespace Parcours.Storage.Sqlite;

/// <summary>Looking through contacts, row by row where they lie: only those that pass are copied.</summary>
partial class SqliteQueries
{
    public ValueTask<ContactScan> ScanContactsAsync(long fromNumber, bool descending, int look, int limit, ContactTest test, CancellationToken cancellationToken) => ReadAsync(
        connection =>
        {
            List<ContactBody> found = [];
            // One range of keys a transaction (Semantics 15.7).
            var most = Math.Min(look, LookedAtOnce);
            var (looked, next) = (0, fromNumber);
            var rows = connection.Query(descending ? "read_contacts_down" : "read_contacts").Bind(1, fromNumber).Bind(2, (long)most);
            while (found.Count < limit && rows.Step())
            {
                (looked, next) = (looked + 1, rows.Long(0));
                if (test(rows.Blob(2))) found.Add(new ContactBody(rows.Contact(0), rows.Bytes(2)));
            }

            return new ContactScan(found, looked, looked < most && found.Count < limit ? null : next);
        },
        cancellationToken);
}
