using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Postgres;

/// <summary>What users were told.</summary>
partial class PostgresQueries
{
    public async ValueTask<IReadOnlyList<NotificationRow>> NotificationsAsync(string reader, bool unread, NotificationCursor? before, int limit, CancellationToken cancellationToken) => await ListAsync(
        // Without a cursor nothing of that very instant: the lowest id is before all.
        Commands.Query("list_notifications").With(reader).With(before?.At.ToMicroseconds() ?? long.MaxValue).With(before?.Id.Value ?? Guid.Empty).With(Limit(limit)).With(unread), Notification, cancellationToken);

    public async ValueTask<long> UnreadAsync(string reader, CancellationToken cancellationToken) =>
        (await ListAsync(Commands.Query("count_unread").With(reader), static row => row.GetInt64(0), cancellationToken))[0];

    public async ValueTask<IReadOnlyList<NotificationRow>> UnmailedAsync(string reader, Instant since, int limit, CancellationToken cancellationToken) =>
        await ListAsync(Commands.Query("list_unmailed_notifications").With(reader).With(since).With(Limit(limit)), Notification, cancellationToken);

    public async ValueTask<Instant?> MailedAtAsync(string reader, CancellationToken cancellationToken) =>
        (await ListAsync(Commands.Query("last_mailed").With(reader), static row => row.InstantOrNull(0), cancellationToken))[0];

    static NotificationRow Notification(NpgsqlDataReader row) => new(
        new(row.GetGuid(0)), row.GetString(1), row.IsDBNull(2) ? null : row.Contact(2), row.TextOrNull(4) is { } journey ? new JourneyId(journey) : null, row.TextOrNull(5), row.GetString(6), row.Instant(7), row.InstantOrNull(8))
    {
        Kind = (NotificationKind)row.GetInt16(9),
        Code = row.TextOrNull(10),
        Arguments = row.TextOrNull(11),
        MailedAt = row.InstantOrNull(12),
    };
}
