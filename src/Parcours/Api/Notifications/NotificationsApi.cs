using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>What the one who is signed in was told: by journeys (<c>notify</c>), of tasks, of approvals, and of what goes wrong.</summary>
static class NotificationsApi
{
    /// <summary>As many as the drawer shows at once.</summary>
    const int NewestMost = 20;

    public static void Map(RouteGroupBuilder api)
    {
        var told = api.MapGroup("me/notifications").WithTags("Notifications");
        told.MapGet("", ListAsync).WithName("notifications").WithSummary("What you were told, newest first. Of each user the newest 500 are kept, for 90 days.").Produces<Page<NotificationView>>().Fails(404);
        told.MapPost("{id:guid}/read", (Guid id, ClaimsPrincipal user, IEngine engine, Users users, CancellationToken cancellationToken) => ReadAsync(new(id), user, engine, users, cancellationToken))
            .WithName("read-notification").WithSummary("You have read it.").Produces<MineView>().Fails(404);
        told.MapPost("read", (ClaimsPrincipal user, IEngine engine, Users users, CancellationToken cancellationToken) => ReadAsync(null, user, engine, users, cancellationToken))
            .WithName("read-notifications").WithSummary("You have read all that you were told until now.").Produces<MineView>().Fails(404);
        api.MapGet("me/inbox", InboxAsync).WithName("inbox").WithTags("Notifications").WithSummary("How much you have not read, what you were told last, and how many open tasks are yours. /live sends the same as 'mine'.").Produces<MineView>().Fails(404);
    }

    static async Task<IResult> ListAsync([AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, Users users, CancellationToken cancellationToken, [Description("True: only what you have not read.")] bool unread = false)
    {
        if (await MeApi.UserAsync(user, users, cancellationToken) is not { } me)
            return MeApi.Nobody;
        var found = await engine.Queries.NotificationsAsync(me.Email, unread, Cursor(page), page.Size + 1, cancellationToken);
        var views = await ViewsAsync(engine, [.. found.Take(page.Size)], cancellationToken);
        return Results.Ok(new Page<NotificationView>(views, found.Count > page.Size ? CursorOf(found[page.Size - 1]) : null));
    }

    static string CursorOf(NotificationRow last) => PageQuery.Cursor(string.Create(CultureInfo.InvariantCulture, $"{last.At.ToMicroseconds()} {last.Id}"));

    static NotificationCursor? Cursor(PageQuery page)
    {
        if (page.Key is not { } key)
            return null;
        return key.Split(' ') is [var at, var id] && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var microseconds) && Guid.TryParse(id, out var told)
            ? new(Microseconds.ToInstant(microseconds), new(told))
            : throw new BadInputException(Problems.Invalid("page.cursor", "after", "This cursor is not one of ours; take `next` of the page before as it is."));
    }

    static async Task<IResult> ReadAsync(NotificationId? id, ClaimsPrincipal user, IEngine engine, Users users, CancellationToken cancellationToken)
    {
        if (await MeApi.UserAsync(user, users, cancellationToken) is not { } me)
            return MeApi.Nobody;
        await engine.WriteAsync(
            async (unit, now) =>
            {
                var writes = new WriteSet();
                writes.ReadNotifications.Add(new(me.Email, id, now.Truncate()));
                await unit.WriteAsync(writes, CancellationToken.None);
                return true;
            },
            cancellationToken);
        return Results.Ok(await MineAsync(engine, me, cancellationToken));
    }

    static async Task<IResult> InboxAsync(ClaimsPrincipal user, IEngine engine, Users users, CancellationToken cancellationToken) =>
        await MeApi.UserAsync(user, users, cancellationToken) is { } me ? Results.Ok(await MineAsync(engine, me, cancellationToken)) : MeApi.Nobody;

    public static async ValueTask<MineView> MineAsync(IEngine engine, User me, CancellationToken cancellationToken) => new(
        await engine.Queries.UnreadAsync(me.Email, cancellationToken),
        await ViewsAsync(engine, await engine.Queries.NotificationsAsync(me.Email, unread: false, null, NewestMost, cancellationToken), cancellationToken),
        TaskCountView.Of(await engine.Queries.TaskCountAsync(me.Email, engine.Now, cancellationToken)));

    // Who signs in sees all values: there is one role.
    static readonly Mask NoMask = new(null);

    static async ValueTask<List<NotificationView>> ViewsAsync(IEngine engine, IReadOnlyList<NotificationRow> rows, CancellationToken cancellationToken)
    {
        var contacts = await engine.ContactsAsync(rows.Select(static row => row.Contact).OfType<ContactId>(), cancellationToken);
        var views = new List<NotificationView>();
        foreach (var row in rows)
        {
            var contact = row.Contact is { } id ? contacts.GetValueOrDefault(id) : null;
            views.Add(new(row.Id.Value, row.Text, contact is null ? null : FoundContact.Of(contact, NoMask), row.Journey?.Value, row.Point, row.At.ToApi(), row.ReadAt.ToApi(), row.Kind, row.Code, NamedTexts.Read(row.Arguments)));
        }

        return views;
    }
}

/// <summary>What a user was told.</summary>
/// <param name="Contact">Whom it is about; null: nobody, or somebody who is gone.</param>
/// <param name="ReadAt">Null: not yet.</param>
/// <param name="Text">Of an alert, in English: its code and arguments say the same in any language.</param>
/// <param name="Code">Of an alert: loop, too-often, step-failed, journey-not-live or coupons-low.</param>
/// <param name="Arguments">What it speaks of, by name; of a task, its id as task, and the team whose it is.</param>
sealed record NotificationView(
    Guid Id, string Text, FoundContact? Contact, string? Journey, string? Point, DateTimeOffset At, DateTimeOffset? ReadAt, NotificationKind Kind, string? Code, IReadOnlyDictionary<string, string> Arguments);

/// <summary>What waits for the one who is signed in.</summary>
/// <param name="Unread">How many notifications are not read.</param>
/// <param name="Newest">The newest notifications, read or not.</param>
/// <param name="Tasks">Open tasks.</param>
sealed record MineView(long Unread, IReadOnlyList<NotificationView> Newest, TaskCountView Tasks);
