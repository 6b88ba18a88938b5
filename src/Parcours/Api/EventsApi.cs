using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Http;
using Parcours.Journeys.Contacts;

namespace Parcours.Api;

/// <summary>Events by hand, one at a time; many come by the intake.</summary>
static class EventsApi
{
    const int EventBytesMax = 32 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        var events = api.MapGroup("events").WithTags("Events");
        events.MapPost("", PostAsync).WithName("post-event").WithSummary("Records that a contact did something. Many events come faster by the intake (POST /v1/batch).").Produces<EventView>(201).Produces<EventView>().Fails(400, 413, 422);
        events.MapGet("names", async ([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) => await engine.Queries.EventNamesAsync(page.Size, cancellationToken))
            .WithName("event-names").WithSummary("Names of events seen so far.").Produces<IReadOnlyList<string>>();
    }

    static async Task<IResult> PostAsync(JudgedBody<EventBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        var order = await body.JudgedAsync(said => [.. Judge(said), .. ContactNames.Wrong(said)]);
        var properties = Properties(order);
        var submission = ContactNames.Named(order, new SubmissionBody.Received([], default, order.Event, properties)) with
        {
            Origin = Origin.Live,
            Timestamp = order.Timestamp?.ToInstant(),
            MessageId = order.MessageId ?? Idempotency.MessageId(context),
        };
        var result = await Submissions.OneAsync(engine, submission, cancellationToken);
        return result.Outcome switch
        {
            SubmissionOutcome.Accepted => Results.Created((string?)null, new EventView(result.Contact.Value, false)),
            SubmissionOutcome.Duplicate => Results.Ok(new EventView(result.Contact.Value, true)),
            SubmissionOutcome.UnknownContact => new ProblemAnswer(Problems.NotFound("such contact")),
            _ => Submissions.Refusal(result),
        };
    }

    static byte[] Properties(EventBody order) => order.Properties is { } given ? JsonSerializer.SerializeToUtf8Bytes(given) : [];

    static List<ProblemReason> Judge(EventBody order)
    {
        var reasons = new List<ProblemReason>();
        if (order.Event.Trim().Length is 0 or > 500)
            reasons.Add(new("event.name", "/event", "An event's name has 1 to 500 characters."));
        if (order.Properties is { ValueKind: not JsonValueKind.Object })
            reasons.Add(new("json.type", "/properties", "This must be an object."));
        if (Properties(order).Length > EventBytesMax)
            reasons.Add(new("event.large", "/properties", "An event has at most 32 KB."));
        if (order.MessageId?.Length is 0 or > 100)
            reasons.Add(new("event.message-id", "/messageId", "A message id has 1 to 100 characters."));
        return reasons;
    }
}

/// <summary>Something that a contact did; a contact that is not known yet is made.</summary>
sealed record EventBody(string Event) : IContactNames
{
    public Guid? Contact { get; init; }
    public string? UserId { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? AnonymousId { get; init; }
    /// <summary>An object; at most 32 KB.</summary>
    public JsonElement? Properties { get; init; }
    /// <summary>When it happened; else now.</summary>
    public DateTimeOffset? Timestamp { get; init; }
    /// <summary>The same again within 7 days changes nothing.</summary>
    public string? MessageId { get; init; }
}

/// <param name="Duplicate">Its message id was seen within 7 days: nothing changed.</param>
sealed record EventView(Guid Contact, bool Duplicate);
