using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Http;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>What providers and other programs tell of messages (Semantics 10.5).</summary>
static class FeedbackApi
{
    const int ReasonLengthMax = 500, IdLengthMax = 255, LinkLengthMax = 200;

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("messages/{key}/feedback", PostAsync).WithTags("Messages").WithName("post-feedback")
            .WithSummary("Tells what came back of a message. A bounce for good and a complaint suppress the address. The same id again changes nothing.").Produces<MessageView>().Fails(400, 404, 422);

    static async Task<IResult> PostAsync(string key, JudgedBody<FeedbackBody> body, HttpContext context, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        if (MessagesApi.KeyOf(key) is not { } message || await engine.Queries.MessageAsync(message, cancellationToken) is null)
            return new ProblemAnswer(Problems.NotFound($"message {key}"));
        var order = await body.JudgedAsync(said => Reasons(said, engine));

        var kind = Enum.Parse<FeedbackKind>(order.Type.ToString());
        var result = await Submissions.OneAsync(engine, new Submission
        {
            Body = new SubmissionBody.Feedback(message, kind, kind == FeedbackKind.Clicked ? order.Link : null, kind == FeedbackKind.Unsubscribed ? order.Topic : order.Reason),
            CreatesContact = false,
            Timestamp = order.Timestamp?.ToInstant(),
            MessageId = order.Id is { } id ? $"feedback/{message}/{kind}/{EntryMaker.HashOf(id):N}" : Idempotency.MessageId(context),
        }, cancellationToken);
        if (result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact)
            return Submissions.Refusal(result);
        return Results.Ok(MessageView.Of((await engine.Queries.MessageAsync(message, cancellationToken))!, Mask.For(user, engine)));
    }

    static List<ProblemReason> Reasons(FeedbackBody body, IEngine engine)
    {
        var reasons = new List<ProblemReason>();
        if (body.Id?.Length is 0 or > IdLengthMax)
            reasons.Add(new("feedback.id", "/id", $"An id has 1 to {IdLengthMax} characters."));
        if (body.Reason?.Length > ReasonLengthMax)
            reasons.Add(new("feedback.reason", "/reason", $"A reason has at most {ReasonLengthMax} characters."));
        if (body.Link is { } link && (body.Type != ApiFeedback.Clicked || link.Length is 0 or > LinkLengthMax))
            reasons.Add(new("feedback.link", "/link", $"A link belongs to what was clicked, and has 1 to {LinkLengthMax} characters."));
        if (body.Topic is { } topic && (body.Type != ApiFeedback.Unsubscribed || (topic != "*" && !engine.Current.Topics.ContainsKey(topic))))
            reasons.Add(new("feedback.topic", "/topic", "A topic belongs to an unsubscription, and is one that there is, or * for all of the channel."));
        return reasons;
    }
}

/// <summary>What came back, as programs say it.</summary>
enum ApiFeedback
{
    Delivered,
    Opened,
    Clicked,
    Bounced,
    SoftBounced,
    Complained,
    Replied,
    Unsubscribed,
}

/// <param name="Type">bounced is for good, softBounced for now.</param>
/// <param name="Id">The provider's id of this: told twice, it counts once.</param>
/// <param name="Timestamp">When it happened; now, if it is not said.</param>
/// <param name="Reason">Of a bounce or complaint: in the provider's words.</param>
/// <param name="Link">Of a click: the link's name, or its address.</param>
/// <param name="Topic">Of an unsubscription: which; the message's, if it is not said; * for all of the channel.</param>
sealed record FeedbackBody(ApiFeedback Type, string? Id = null, DateTimeOffset? Timestamp = null, string? Reason = null, string? Link = null, string? Topic = null);
