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
        api.MapGet("settings/approval", async (Approvals approvals, CancellationToken cancellationToken) => Results.Ok(new ApprovalSettingBody(await approvals.AreRequiredAsync(cancellationToken))))
            .WithName("approval-setting").WithTags("Journeys").WithSummary("Whether publishing needs the approval of a second person.").Produces<ApprovalSettingBody>();
        api.MapPut("settings/approval", async (Body<ApprovalSettingBody> body, Approvals approvals, CancellationToken cancellationToken) =>
            {
                await approvals.RequireAsync(body.Value.Required, cancellationToken);
                return Results.Ok(body.Value);
            })
            .WithName("put-approval").WithTags("Journeys").WithSummary("Publishing needs the approval of a second person from now on, or does not.").Produces<ApprovalSettingBody>().Fails(400);
        var one = api.MapGroup("journeys/{id}/approval").WithTags("Journeys");
        one.MapGet("", GetAsync).WithName("approval").WithSummary("What is asked of a second person, or was sent back; 404 while nothing is.").Produces<ApprovalView>().Fails(404);
        one.MapPost("", AskAsync).WithName("ask-approval").WithSummary("Asks for approval of the draft as it is now, with what publishing would be told; everybody else who signs in is told.").Produces<ApprovalView>().Fails(400, 404, 412, 422).WithMetadata(new TakesIfMatch());
        one.MapPost("approve", ApproveAsync).WithName("approve").WithSummary("Approves it, by somebody else than who asked: the draft goes live as it was asked; refused if it was changed since.").Produces<JourneyView>().Produces<JourneyView>(202).Fails(400, 403, 404, 412, 422).WithMetadata(new TakesIfMatch());
        one.MapPost("send-back", SendBackAsync).WithName("send-back").WithSummary("Sends it back with a comment; who asked is told.").Produces<ApprovalView>().Fails(400, 403, 404);
        one.MapDelete("", WithdrawAsync).WithName("withdraw-approval").WithSummary("Takes back what was asked.").Produces(204).Fails(404);
    }

    static async Task<IResult> GetAsync(string id, Approvals approvals, CancellationToken cancellationToken) =>
        await approvals.OfAsync(id, cancellationToken) is { } request ? Results.Ok(ApprovalView.Of(request)) : Nothing(id);

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
        await approvals.PutAsync(id, request, [.. from user in await AllAsync(users, cancellationToken) where user.Email != me select (user.Email, ApprovalTexts.Asked(user.Language, me, journey.Name))], cancellationToken);
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
        if (request.By == me)
            return new ProblemAnswer(Problems.Of(403, "approval.own", "Somebody else has to approve what you asked for."));
        // Who saved the draft last has made part of it.
        if ((await marks.OfAsync(id, cancellationToken)).UpdatedBy == me)
            return new ProblemAnswer(Problems.Of(403, "approval.author", "You saved this draft last; somebody else has to approve it."));
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

    static ProblemAnswer NoPerson => new(Problems.Of(403, "approval.person", "Only people who have signed in ask and approve."));
    static ProblemAnswer Nothing(string id) => new(Problems.NotFound($"request for approval of journey '{id}'"));
}

sealed record ApprovalSettingBody(bool Required);

sealed record SendBackBody(string Comment);

/// <param name="By">Who asked.</param>
/// <param name="Revision">The draft that is meant.</param>
/// <param name="Comment">Why it was sent back; without it, it waits.</param>
sealed record ApprovalView(string By, DateTimeOffset At, long Revision, string? Note, IReadOnlyList<PeopleBody> People, string? SentBackBy, DateTimeOffset? SentBackAt, string? Comment)
{
    public static ApprovalView Of(ApprovalRequest request) => new(request.By, request.At, request.Revision, request.Note, request.People, request.SentBackBy, request.SentBackAt, request.Comment);
}
