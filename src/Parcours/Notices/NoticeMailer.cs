using NodaTime;
using Parcours.Api;
using Parcours.Channels.Smtp;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Notices;

/// <summary>Tells users by mail what they were told in the application and have not read there, on the node that leads.</summary>
/// <remarks>
/// What was mailed is noted when the server has taken it: a process that dies between the two sends a mail twice, and loses none. Journeys' rules say nothing here (caps, quiet hours, consent): these are the installation's own
/// mails, to those who asked for them. While sending is held nothing leaves, and so neither do they (Semantics 12.3).
/// </remarks>
sealed partial class NoticeMailer(IEngine engine, Users users, JourneyShelf shelf, NoticeSettings settings, TimeProvider time, ILogger<NoticeMailer> log) : BackgroundService
{
    static readonly TimeSpan Each = TimeSpan.FromSeconds(20);

    /// <summary>Mails of one round: what is due beyond that goes with the next.</summary>
    const int AtOnce = 50;
    const int UsersMost = 500;
    const int PutOffMost = 3;

    static readonly Mask NoMask = new(null);

    /// <summary>Users whose last mail the server did not take yet.</summary>
    readonly HashSet<string> _putOff = new(StringComparer.Ordinal);
    bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Post is null)
            return;
        using var timer = new PeriodicTimer(Each, time);
        try
        {
            await engine.WorksAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                // Another node leads by now, and does it.
                if (engine.WorkedOnBy is null)
                    await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next start goes on.
        }
    }

    async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(engine.Now, cancellationToken);
        }
        catch (Exception failure) when (failure is StoreException or OverloadedException)
        {
            Failed(log, failure.Message);
        }
    }

    /// <summary>One round; how many mails went.</summary>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellationToken)
    {
        var sent = 0;
        if (settings.Post is null || await SendingView.SendingAsync(engine.Queries, cancellationToken) is { Held: true })
            return sent;
        var put = 0;
        // One whose mailbox takes nothing for now must not keep the others waiting.
        foreach (var user in (await users.ListAsync(null, UsersMost, cancellationToken)).OrderBy(user => _putOff.Contains(user.Id)))
        {
            if (user.Mail is not { Kinds.Count: > 0 } wishes || await MailAsync(user, wishes, now, cancellationToken) is not { } went)
                continue;
            if (went)
            {
                _putOff.Remove(user.Id);
                put = 0;
                if (++sent == AtOnce)
                    break;
            }
            else
            {
                _putOff.Add(user.Id);
                // A server that takes none now is not asked for each user.
                if (++put == PutOffMost)
                    break;
            }
        }

        return sent;
    }

    /// <returns>Null: there is nothing to say, or not yet; false: the server does not take it now.</returns>
    async Task<bool?> MailAsync(User user, MailWishes wishes, Instant now, CancellationToken cancellationToken)
    {
        var told = (await engine.Queries.UnmailedAsync(user.Email, Instant.FromDateTimeOffset(wishes.Since), NotificationRow.KeptMost, cancellationToken)).Where(row => wishes.Kinds.Contains(row.Kind)).ToList();
        if (told.Count == 0 || !wishes.IsTime(now, await engine.Queries.MailedAtAsync(user.Email, cancellationToken), settings.Zone))
            return null;
        var names = (await shelf.AllAsync(cancellationToken)).ToDictionary(journey => journey.Id, journey => journey.Name);
        var notices = new List<Notice>(told.Count);
        foreach (var row in told)
            notices.Add(new(row, await NameAsync(row, cancellationToken), row.Journey is { } journey ? NameOf(journey) : null, NamedTexts.Read(row.Arguments).ToDictionary(named => named.Key, named => named.Key == "other" ? NameOf(new(named.Value)) : named.Value)));
        if (NoticeMail.Of(user, notices, settings, now, Guid.CreateVersion7(time.GetUtcNow())) is { } mail)
        {
            var verdict = await settings.Post!(mail, cancellationToken);
            if (verdict.Outcome == SmtpOutcome.Later)
            {
                if (!_failing)
                    Failed(log, verdict.Why ?? "");
                _failing = true;
                return false;
            }

            // Of one that is refused, or in doubt, trying again helps nobody: all of it stands in the application.
            if (verdict.Outcome != SmtpOutcome.Taken)
                Refused(log, user.Id, verdict.Why ?? "");
            _failing = false;
        }

        await engine.WriteAsync(
            async (unit, _) =>
            {
                var writes = new WriteSet();
                writes.MailedNotifications.AddRange(told.Select(row => new NotificationMailed(user.Email, row.Id, now.Truncate())));
                await unit.WriteAsync(writes, CancellationToken.None);
                return true;
            },
            CancellationToken.None);
        return true;

        string NameOf(JourneyId journey) => names.GetValueOrDefault(journey) ?? journey.Value;
    }

    async ValueTask<string?> NameAsync(NotificationRow row, CancellationToken cancellationToken)
    {
        if (row.Contact is not { } id || await engine.ContactAsync(id, cancellationToken) is not { } contact)
            return null;
        var found = FoundContact.Of(contact, NoMask);
        return found.Name ?? found.Email ?? found.UserId ?? found.Phone;
    }

    [LoggerMessage(26, LogLevel.Warning, "Users could not be told by mail, and the next round tries again: {Why}")]
    static partial void Failed(ILogger log, string why);

    [LoggerMessage(27, LogLevel.Warning, "The mail server did not take what user {User} is told: {Why}")]
    static partial void Refused(ILogger log, string user, string why);
}
