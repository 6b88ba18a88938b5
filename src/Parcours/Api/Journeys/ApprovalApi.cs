using System.Security.Claims;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Plans;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Publishing by two people, where the installation wants it: one asks, another approves or sends back.</summary>
static class ApprovalApi
{
    const int CommentLengthMax = 1_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("settings/approval", async (Approvals approvals, CancellationToken cancellationToken) => Results.Ok(ApprovalSettingBody.Of(await approvals.SettingAsync(cancellationToken))))
            .WithName("approval-setting").WithTags("Journeys").WithSummary("Whether publishing needs the approval of a second person, and whose.").Produces<ApprovalSettingBody>();
        api.MapPut("settings/approval", PutSettingAsync)
            .WithName("put-approval").WithTags("Journeys").WithSummary("Publishing needs the approval of a second person from now on, or does not.").Produces<ApprovalSettingBody>().Fails(400);
        var one = api.MapGroup("journeys/{id}/approval").WithTags("Journeys");
        one.MapGet("", GetAsync).WithName("approval").WithSummary("What is asked of a second person, or was sent back; 404 while nothing is.").Produces<ApprovalView>().Fails(404);
        one.MapPost("", AskAsync).WithName("ask-approval").WithSummary("Asks for approval of the draft as it is now, with what publishing would be told; all others who may approve are told. Refused where there is nobody else.").Produces<ApprovalView>().Fails(400, 404, 412, 422).WithMetadata(new TakesIfMatch());
        one.MapPost("approve", ApproveAsync).WithName("approve").WithSummary("Approves it, by somebody else than who asked: the draft goes live as it was asked; refused if it was changed since.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(400, 403, 404, 412, 422).WithMetadata(new TakesIfMatch());
        one.MapPost("send-back", SendBackAsync).WithName("send-back").WithSummary("Sends it back with a comment; who asked is told.").Produces<ApprovalView>().Fails(400, 403, 404);
        one.MapDelete("", WithdrawAsync).WithName("withdraw-approval").WithSummary("Takes back what was asked.").Produces(204).Fails(404);
    }

    static async Task<IResult> PutSettingAsync(JudgedBody<ApprovalSettingBody> body, IEngine engine, Approvals approvals, CancellationToken cancellationToken)
    {
        var order = await body.JudgedAsync(said => Unknown(Teams(said)));
        var setting = new ApprovalSetting(order.Required, Teams(order));
        await approvals.SetAsync(setting, cancellationToken);
        return Results.Ok(ApprovalSettingBody.Of(setting));

        static IReadOnlyList<string> Teams(ApprovalSettingBody said) => [.. (said.Teams ?? []).Distinct(StringComparer.Ordinal)];

        IReadOnlyList<ProblemReason> Unknown(IReadOnlyList<string> teams) =>
            [.. teams.Where(team => !engine.Current.Teams.ContainsKey(team)).Select(team => new ProblemReason("approval.team", "/teams", $"There is no team '{team}'; choose another, or make this one.") { Arguments = new Dictionary<string, string> { ["name"] = team } })];
    }

    static async Task<IResult> GetAsync(string id, ClaimsPrincipal user, Approvals approvals, JourneyMarks marks, CancellationToken cancellationToken) =>
        await approvals.OfAsync(id, cancellationToken) is { } request ? Results.Ok(ApprovalView.Of(request) with { MayApprove = await WhyNotAsync(request, id, PersonOf(user), approvals, marks, cancellationToken) is null }) : Nothing(id);

    /// <summary>Why this person may not approve it; null: they may.</summary>
    static async ValueTask<ProblemAnswer?> WhyNotAsync(ApprovalRequest request, string journey, string? me, Approvals approvals, JourneyMarks marks, CancellationToken cancellationToken)
    {
        if (me is null)
            return NoPerson;
        if (request.By == me)
            return new(Problems.Of(403, "approval.own", "Somebody else has to approve what you asked for."));
        // Who saved the draft last has made part of it.
        if ((await marks.OfAsync(journey, cancellationToken)).UpdatedBy == me)
            return new(Problems.Of(403, "approval.author", "You saved this draft last; somebody else has to approve it."));
        return approvals.IsFor(await approvals.SettingAsync(cancellationToken), me) ? null : NotTheirs;
    }

    static async Task<IResult> AskAsync(string id, OptionalBody<PublishBody> body, HttpContext context, IEngine engine, Approvals approvals, Users users, CancellationToken cancellationToken)
    {
        if (PersonOf(context.User) is not { } me)
            return NoPerson;
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var seen = Precondition.Of(context.Request);
        if (seen.Given && seen.Revision is { } revision && revision != journey.Revision)
            return new ProblemAnswer(seen.Missed(journey.Revision));
        // What cannot be published need not be looked at.
        var errors = (await engine.Catalogue.CheckJourneyAsync(journey.Definition, cancellationToken)).Where(problem => problem.Severity == Parcours.Journeys.Definitions.Severity.Error).ToList();
        if (errors.Count > 0)
            return new ProblemAnswer(Problems.Of(422, "approval.errors", "The draft has errors; mend them before you ask."));
        var (note, people) = VersionsApi.Read(body.Value);
        var request = new ApprovalRequest(me, engine.Now.ToApi(), journey.Revision, note, people);
        var setting = await approvals.SettingAsync(cancellationToken);
        var approvers = (await AllAsync(users, cancellationToken)).Where(user => user.Email != me && approvals.IsFor(setting, user.Email)).ToList();
        if (setting.Teams.Count > 0 && approvers.Count == 0)
            return new ProblemAnswer(Problems.Of(422, "approval.nobody", $"Nobody else is in {string.Join(", ", setting.Teams)}, who may approve; have somebody added to it."));
        await approvals.PutAsync(id, request, [.. approvers.Select(user => (user.Email, ApprovalTexts.Asked(user.Language, me, journey.Name)))], cancellationToken);
        return Results.Ok(ApprovalView.Of(request));
    }

    static async Task<IResult> ApproveAsync(string id, HttpContext context, IEngine engine, JourneyMarks marks, Approvals approvals, Users users, CancellationToken cancellationToken)
    {
        if (PersonOf(context.User) is not { } me)
            return NoPerson;
        if (await approvals.OfAsync(id, cancellationToken) is not { Comment: null } request)
            return Nothing(id);
        // Another request may have taken the place of the one that was looked at.
        if (Precondition.Of(context.Request) is { Given: true, Revision: { } looked } && looked != request.Revision)
            return Changed;
        if (await WhyNotAsync(request, id, me, approvals, marks, cancellationToken) is { } not)
            return not;
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        if (journey.Revision != request.Revision)
            return Changed;
        var name = journey.Name;
        var publication = new Publication(request.By, request.Note, [.. request.People.Select(rule => new PeopleRule(rule.Point, rule.Version, rule.Do, rule.To))]);
        return await JourneysApi.ActAsync(id, context, engine, marks, async _ =>
        {
            var answer = await engine.Catalogue.PublishJourneyAsync(new(id), request.Revision, publication, cancellationToken);
            if (answer is CatalogueAnswer.Done or CatalogueAnswer.InProgress)
                await approvals.PutAsync(id, null, await ToAskerAsync(request, users, language => ApprovalTexts.Approved(language, me, name), cancellationToken), cancellationToken);
            return answer;
        }, cancellationToken);
    }

    static ProblemAnswer Changed => new(Problems.Of(412, "approval.changed", "The draft was changed after it was asked for: it has to be asked for anew."));

    static async Task<IResult> SendBackAsync(string id, Body<SendBackBody> body, HttpContext context, IEngine engine, Approvals approvals, Users users, CancellationToken cancellationToken)
    {
        if (PersonOf(context.User) is not { } me)
            return NoPerson;
        if (await approvals.OfAsync(id, cancellationToken) is not { Comment: null } request)
            return Nothing(id);
        if (!approvals.IsFor(await approvals.SettingAsync(cancellationToken), me))
            return NotTheirs;
        if (body.Value.Comment.Trim() is not { Length: > 0 and <= CommentLengthMax } comment)
            return new ProblemAnswer(Problems.Invalid("approval.comment", "/comment", $"Say why: 1 to {CommentLengthMax} characters."));
        var name = (await JourneysApi.FindAsync(engine, id, cancellationToken))?.Name ?? id;
        var back = request with { SentBackBy = me, SentBackAt = engine.Now.ToApi(), Comment = comment };
        await approvals.PutAsync(id, back, await ToAskerAsync(request, users, language => ApprovalTexts.SentBack(language, me, name, comment), cancellationToken), cancellationToken);
        return Results.Ok(ApprovalView.Of(back));
    }

    static async Task<IResult> WithdrawAsync(string id, Approvals approvals, CancellationToken cancellationToken)
    {
        if (await approvals.OfAsync(id, cancellationToken) is null)
            return Nothing(id);
        await approvals.PutAsync(id, null, [], cancellationToken);
        return Results.NoContent();
    }

    static async ValueTask<IReadOnlyList<(string Reader, string Text)>> ToAskerAsync(ApprovalRequest request, Users users, Func<string?, string> text, CancellationToken cancellationToken) =>
        [.. from user in await AllAsync(users, cancellationToken) where user.Email == request.By select (user.Email, text(user.Language))];

    static async ValueTask<List<User>> AllAsync(Users users, CancellationToken cancellationToken) => [.. await users.ListAsync(null, 500, cancellationToken)];

    /// <summary>Keys and programs approve nothing.</summary>
    static string? PersonOf(ClaimsPrincipal caller) => JourneyListApi.ActorOf(caller);

    static ProblemAnswer NotTheirs => new(Problems.Of(403, "approval.team-only", "Only the members of the teams that the settings name approve and send back."));
    static ProblemAnswer NoPerson => new(Problems.Of(403, "approval.person", "Only people who have signed in ask and approve."));
    static ProblemAnswer Nothing(string id) => new(Problems.NotFound($"request for approval of journey '{id}'"));
}

/// <param name="Teams">The names of the teams whose members may approve; without any, everybody else than who asks.</param>
sealed record ApprovalSettingBody(bool Required, IReadOnlyList<string>? Teams = null)
{
    public static ApprovalSettingBody Of(ApprovalSetting setting) => new(setting.Required, setting.Teams);
}

sealed record SendBackBody(string Comment);

/// <param name="By">Who asked.</param>
/// <param name="People">What becomes of those inside, as it was asked: who is not named is kept in the version that it is in.</param>
/// <param name="Revision">The draft that is meant.</param>
/// <param name="Comment">Why it was sent back; without it, it waits.</param>
sealed record ApprovalView(string By, DateTimeOffset At, long Revision, string? Note, IReadOnlyList<PeopleBody> People, string? SentBackBy, DateTimeOffset? SentBackAt, string? Comment)
{
    /// <summary>Whether it is the caller's to approve.</summary>
    public bool MayApprove { get; init; }

    public static ApprovalView Of(ApprovalRequest request) => new(request.By, request.At, request.Revision, request.Note, request.People, request.SentBackBy, request.SentBackAt, request.Comment);
}
