using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>What users were told.</summary>
partial class SqliteQueries
{
    public ValueTask<IReadOnlyList<NotificationRow>> NotificationsAsync(string reader, bool unread, NotificationCursor? before, int limit, CancellationToken cancellationToken) => ListAsync(
        "list_notifications",
        rows =>
        {
            rows.Bind(1, reader).Bind(4, Limit(limit)).Bind(5, unread ? 1L : 0L);
            return before is { } cursor ? rows.Bind(2, cursor.At).Bind(3, cursor.Id.Value) : rows.Bind(2, long.MaxValue).BindBlob(3, []);
        },
        Notification,
        cancellationToken);

    public async ValueTask<long> UnreadAsync(string reader, CancellationToken cancellationToken) => (await ListAsync("count_unread", rows => rows.Bind(1, reader), row => row.Long(0), cancellationToken))[0];

    public ValueTask<IReadOnlyList<NotificationRow>> UnmailedAsync(string reader, Instant since, int limit, CancellationToken cancellationToken) =>
        ListAsync("list_unmailed_notifications", rows => rows.Bind(1, reader).Bind(2, since).Bind(3, Limit(limit)), Notification, cancellationToken);

    public async ValueTask<Instant?> MailedAtAsync(string reader, CancellationToken cancellationToken) => (await ListAsync("last_mailed", rows => rows.Bind(1, reader), row => row.InstantOrNull(0), cancellationToken))[0];

    static NotificationRow Notification(SqliteStatement row) => new(
        new(row.Guid(0)), row.Text(1), row.IsNull(2) ? null : row.Contact(2), row.TextOrNull(4) is { } journey ? new JourneyId(journey) : null, row.TextOrNull(5), row.Text(6), row.Instant(7), row.InstantOrNull(8))
    {
        Kind = (NotificationKind)row.Long(9),
        Code = row.TextOrNull(10),
        Arguments = row.TextOrNull(11),
        MailedAt = row.InstantOrNull(12),
    };
}
