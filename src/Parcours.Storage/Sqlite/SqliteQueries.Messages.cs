using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Gathered;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Messages, the sandbox mailbox, and who was refused.</summary>
partial class SqliteQueries
{
    public ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(
        JourneyId? journey, ContactId? contact, MessageStatus? status, long? beforeNumber, int limit, CancellationToken cancellationToken)
    {
        if (contact is { } of)
            return ReadAsync<IReadOnlyList<MessageRow>>(
                connection =>
                {
                    List<MessageRow> messages = [];
                    var rows = connection.Query("read_messages_of").Bind(1, of.Number).Bind(2, beforeNumber ?? long.MaxValue);
                    while (messages.Count < Limit(limit) && rows.Step())
                        if (MessageRows.Read(rows, Names) is var message && IsWanted(message))
                            messages.Add(message);
                    return messages;
                },
                cancellationToken);

        return NewestAsync("read_messages", beforeNumber ?? long.MaxValue, rows => MessageRows.Read(rows, Names), IsWanted, limit, cancellationToken);

        bool IsWanted(MessageRow message) => (journey is null || message.Journey == journey) && (status is null || message.Status == status);
    }

    public ValueTask<IReadOnlyList<MessageRow>> OldestMessagesAsync(long afterNumber, int limit, CancellationToken cancellationToken) =>
        ListAsync("read_oldest_messages", rows => rows.Bind(1, afterNumber).Bind(2, Limit(limit)), row => MessageRows.Read(row, Names), cancellationToken);

    public ValueTask<MessageRow?> MessageAsync(MessageKey key, CancellationToken cancellationToken)
    {
        long? unmerged = writer.MessageKeys.TryFindUnmerged(key, out var number) ? number : null;
        return ReadAsync(
            connection =>
            {
                if ((unmerged ?? MessageKeyTable.FindMerged(connection.Query("find_message"), key)) is not { } found) return null;
                var row = connection.Query("load_message").Bind(1, found);
                return row.Step() ? MessageRows.Read(row, Names) : null;
            },
            cancellationToken);
    }

    public ValueTask<SandboxMail?> SandboxMailAsync(MessageKey key, CancellationToken cancellationToken)
    {
        long? unmerged = writer.SandboxKeys.TryFindUnmerged(key, out var number) ? number : null;
        return ReadAsync(
            connection =>
            {
                if ((unmerged ?? MessageKeyTable.FindMerged(connection.Query("find_sandbox_mail"), key)) is not { } found) return null;
                var row = connection.Query("load_sandbox_mail").Bind(1, found);
                return row.Step() ? Mail(row) : null;
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlySet<MessageKey>> InSandboxAsync(IReadOnlyCollection<MessageKey> keys, CancellationToken cancellationToken)
    {
        var unmerged = keys.Distinct().ToDictionary(static key => key, key => writer.SandboxKeys.TryFindUnmerged(key, out var number) ? number : (long?)null);
        return ReadAsync<IReadOnlySet<MessageKey>>(
            connection =>
            {
                var (found, key, mail) = (new HashSet<MessageKey>(), connection.Query("find_sandbox_mail"), connection.Query("load_sandbox_mail"));
                foreach (var (asked, fresh) in unmerged)
                    if ((fresh ?? MessageKeyTable.FindMerged(key, asked)) is { } number && mail.Bind(1, number).Step())
                    {
                        found.Add(asked);
                        mail.Reset();
                    }

                return found;
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<SandboxMail>> SandboxMailsAsync(Instant? before, MessageKey? beforeKey, int limit, CancellationToken cancellationToken) => ListAsync(
        "read_sandbox_mails",
        rows =>
        {
            rows.Bind(1, before?.ToMicroseconds() ?? long.MaxValue).Bind(3, Limit(limit));
            // Without a key nothing of that very instant: an empty blob is before all.
            return beforeKey is { } key ? rows.Bind(2, key.Value) : rows.BindBlob(2, []);
        },
        Mail,
        cancellationToken);

    public async ValueTask<long> SandboxCountAsync(Instant after, int most, CancellationToken cancellationToken) =>
        (await ListAsync("count_sandbox_mails", rows => rows.Bind(1, after.ToMicroseconds()).Bind(2, (long)most), row => row.Long(0), cancellationToken))[0];

    public ValueTask<IReadOnlyList<RefusalRow>> RefusalsAsync(JourneyId journey, ContactId? contact, int limit, CancellationToken cancellationToken) => contact is { } of
        ? ListAsync("read_refusals_of", rows => Names.Bind(rows.Bind(1, of.Number), 2, journey.Value).Bind(3, Limit(limit)), Refusal, cancellationToken)
        : NewestAsync("read_refusals", long.MaxValue, Refusal, refusal => refusal.Journey == journey, limit, cancellationToken);

    /// <summary>The newest that are wanted, from a number down; <paramref name="query"/> has the number in its first column and looks at a bounded range.</summary>
    async ValueTask<IReadOnlyList<T>> NewestAsync<T>(string query, long before, Func<SqliteStatement, T> read, Func<T, bool> isWanted, int limit, CancellationToken cancellationToken)
    {
        List<T> found = [];
        var most = Limit(limit);
        for (var looked = LookedAtOnce; looked == LookedAtOnce && found.Count < most;)
        {
            looked = 0;
            await ReadAsync(
                connection =>
                {
                    var rows = connection.Query(query).Bind(1, before).Bind(2, (long)LookedAtOnce);
                    while (found.Count < most && rows.Step())
                    {
                        (looked, before) = (looked + 1, rows.Long(0));
                        if (read(rows) is var row && isWanted(row)) found.Add(row);
                    }

                    return true;
                },
                cancellationToken);
        }

        return found;
    }

    public ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsAsync((Guid Hash, string Channel)? after, int limit, CancellationToken cancellationToken) => ListAsync(
        "read_suppressions",
        // Without a pair, from the first: an empty blob is before all.
        rows => (after is var (hash, channel) ? rows.Bind(1, hash).Bind(2, channel) : rows.BindBlob(1, []).Bind(2, "")).Bind(3, Limit(limit)),
        Suppression,
        cancellationToken);

    public ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsOfAsync(Guid hash, CancellationToken cancellationToken) =>
        ListAsync("read_suppressions_of", rows => rows.Bind(1, hash), Suppression, cancellationToken);

    static SuppressionRow Suppression(SqliteStatement row) => new(row.Guid(0), row.Text(1), row.TextOrNull(2), row.Text(3), row.TextOrNull(4), row.Instant(5));

    RefusalRow Refusal(SqliteStatement row) =>
        new(row.Contact(1), new JourneyId(Names.Read(row, 3)), Names.Read(row, 4), Names.Read(row, 5), (int)row.Long(6), row.Instant(7));

    static SandboxMail Mail(SqliteStatement row) => new(
        new MessageKey(row.Guid(0)), row.Contact(1), row.Instant(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.Text(9), row.Text(10));
}
