using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Notices;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Which of their notifications users get by mail, too.</summary>
static class NoticeMailApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var mail = api.MapGroup("me/notifications/mail").WithTags("Notifications");
        mail.MapGet("", async (ClaimsPrincipal user, Users users, NoticeSettings settings, CancellationToken cancellationToken) =>
                await MeApi.UserAsync(user, users, cancellationToken) is { } me ? Results.Ok(NoticeMailView.Of(me, settings)) : MeApi.Nobody)
            .WithName("notification-mail").WithSummary("Which of your notifications come by mail, too, and when.").Produces<NoticeMailView>().Fails(404);
        mail.MapPut("", PutAsync).WithName("put-notification-mail").WithSummary("Says which of your notifications come by mail, too, from now on. What you have read in the application is not mailed.").Produces<NoticeMailView>().Fails(400, 404);
    }

    static async Task<IResult> PutAsync(Body<NoticeMailBody> body, ClaimsPrincipal user, IEngine engine, Users users, NoticeSettings settings, CancellationToken cancellationToken)
    {
        if (await MeApi.UserAsync(user, users, cancellationToken) is not { } me)
            return MeApi.Nobody;
        var order = body.Value;
        IReadOnlyList<NotificationKind> kinds = [.. order.Kinds.Distinct().Order()];
        // What was unread when the first kind was chosen is old; a change among kinds leaves nothing out.
        var changed = await users.ChangeAsync(me.Id, held => held with { Mail = kinds.Count == 0 ? null : new(kinds, order.Daily, held.Mail?.Since ?? engine.Now.ToApi()) }, cancellationToken);
        return changed is null ? MeApi.Nobody : Results.Ok(NoticeMailView.Of(changed, settings));
    }
}

/// <param name="Kinds">journey: what journeys tell; task: a task is yours, or your team's; approval: somebody asks for it, or answers; alert: something goes wrong.</param>
/// <param name="Daily">True: once a day, at eight in the installation's zone; else at once, though not more often than each five minutes.</param>
sealed record NoticeMailBody(IReadOnlyList<NotificationKind> Kinds, bool Daily = false);

/// <param name="Works">This installation has a mail server; else nothing is mailed.</param>
sealed record NoticeMailView(IReadOnlyList<NotificationKind> Kinds, bool Daily, bool Works)
{
    public static NoticeMailView Of(User user, NoticeSettings settings) => new(user.Mail?.Kinds ?? [], user.Mail?.Daily ?? false, settings.Post is not null);
}
