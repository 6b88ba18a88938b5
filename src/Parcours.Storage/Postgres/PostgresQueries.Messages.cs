using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Postgres;

/// <summary>Messages, the sandbox mailbox, and who was refused.</summary>
partial class PostgresQueries
{
    /// <summary>Rows a partition that are looked at in one statement, where few of many are wanted.</summary>
    const int LookedAtOnce = 500;

    public async ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(JourneyId? journey, ContactId? contact, MessageStatus? status, long? beforeNumber, int limit, CancellationToken cancellationToken)
    {
        if (contact is { } of)
            return await ListAsync(
                Commands.Query("read_messages_of").With(Partition.Of(of)).With(of.Number).With(beforeNumber ?? long.MaxValue).WithOrNull(NpgsqlDbType.Text, journey?.Value)
                    .WithOrNull(NpgsqlDbType.Smallint, (short?)status).With(Limit(limit)),
                MessageRows.Read, cancellationToken);
        List<MessageRow> found = [];
        var before = beforeNumber ?? long.MaxValue;
        var most = (int)Limit(limit);
        var isAny = journey is null && status is null;
        while (found.Count < most)
        {
            var page = isAny ? most : LookedAtOnce;
            var rows = await ListAsync(Commands.Query("read_messages").With(before).With((long)page), MessageRows.Read, cancellationToken);
            foreach (var row in rows)
                if (found.Count < most && (journey is null || row.Journey == journey) && (status is null || row.Status == status)) found.Add(row);
            if (rows.Count < page) break;
            before = rows[^1].Number;
        }

        return found;
    }

    public async ValueTask<IReadOnlyList<MessageRow>> OldestMessagesAsync(long afterNumber, int limit, CancellationToken cancellationToken) =>
        await ListAsync(Commands.Query("read_oldest_messages").With(afterNumber).With(Limit(limit)), MessageRows.Read, cancellationToken);

    public ValueTask<MessageRow?> MessageAsync(MessageKey key, CancellationToken cancellationToken) => FirstAsync(Commands.Query("find_message").With(key.Value), MessageRows.Read, cancellationToken);

    public ValueTask<SandboxMail?> SandboxMailAsync(MessageKey key, CancellationToken cancellationToken) => FirstAsync(Commands.Query("find_sandbox_mail").With(key.Value), Mail, cancellationToken);

    public async ValueTask<IReadOnlySet<MessageKey>> InSandboxAsync(IReadOnlyCollection<MessageKey> keys, CancellationToken cancellationToken) => keys.Count == 0 ? new HashSet<MessageKey>() :
        (await ListAsync(Commands.Query("find_sandbox_keys").With(keys.Select(static key => key.Value).ToArray()), static row => new MessageKey(row.GetGuid(0)), cancellationToken)).ToHashSet();

    public async ValueTask<IReadOnlyList<SandboxMail>> SandboxMailsAsync(Instant? before, MessageKey? beforeKey, int limit, CancellationToken cancellationToken) => await ListAsync(
        // Without a key nothing of that very instant: the lowest key is before all.
        Commands.Query("read_sandbox_mails").With(before?.ToMicroseconds() ?? long.MaxValue).With(beforeKey?.Value ?? Guid.Empty).With(Limit(limit)), Mail, cancellationToken);

    public async ValueTask<long> SandboxCountAsync(Instant after, int most, CancellationToken cancellationToken) =>
        (await ListAsync(Commands.Query("count_sandbox_mails").With(after.ToMicroseconds()).With((long)most), static row => row.GetInt64(0), cancellationToken))[0];

    public async ValueTask<IReadOnlyList<RefusalRow>> RefusalsAsync(JourneyId journey, ContactId? contact, int limit, CancellationToken cancellationToken) => await ListAsync(
        contact is { } of
            ? Commands.Query("read_refusals_of").With(Partition.Of(of)).With(of.Number).With(journey.Value).With(Limit(limit))
            : Commands.Query("read_refusals").With(journey.Value).With(Limit(limit)),
        static row => new RefusalRow(row.Contact(0), new JourneyId(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetInt32(5), row.Instant(6)), cancellationToken);

    public async ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsAsync((Guid Hash, string Channel)? after, int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_suppressions").With(after?.Hash ?? Guid.Empty).With(after?.Channel ?? "").With(Limit(limit)), Suppression, cancellationToken);

    public async ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsOfAsync(Guid hash, CancellationToken cancellationToken) =>
        await ListAsync(Commands.Query("read_suppressions_of").With(hash), Suppression, cancellationToken);

    static SuppressionRow Suppression(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.TextOrNull(2), row.GetString(3), row.TextOrNull(4), row.Instant(5));

    static SandboxMail Mail(NpgsqlDataReader row) => new(
        new MessageKey(row.GetGuid(0)), row.Contact(1), row.Instant(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10));
}
