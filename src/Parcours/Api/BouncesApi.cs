using System.Diagnostics;
using System.Security.Claims;
using System.Security.Cryptography;
using Parcours.Channels.Bounces;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>Takes the mails that come back, and makes of each what a provider would have told (Semantics 10.5).</summary>
static class BouncesApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("bounces", PostAsync).WithTags("Messages").WithName("post-bounce")
            .WithSummary("Takes a mail that came back, as it is: a report on delivery (RFC 3464), a complaint (RFC 5965), or a report in words. What it says becomes the feedback of the message it is about; the same mail again changes nothing. One that says nothing of a message is answered with why, and is no error.")
            .Accepts<Stream>("message/rfc822", "application/octet-stream").Produces<BounceView>().Fails(400, 413);

    static async Task<IResult> PostAsync(HttpContext context, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        var mail = await RawBody.ReadAsync(context);
        if (mail.IsEmpty)
            return new ProblemAnswer(Problems.Invalid("bounce.empty", "", "The request has no mail in it. Send it as it came, with its header: Content-Type: message/rfc822."));
        var report = BounceReader.Read(mail);
        var view = new BounceView(report.Verdict, null, Mask.For(user, engine) is var mask && report.Recipient is { } to ? mask.Address("email", to) : null, report.Status, report.Reason, null);
        if (KindOf(report.Verdict) is not { } kind)
            return Results.Ok(view with { Ignored = report.Verdict == ReportVerdict.Delayed ? "delayed" : "no-report" });
        foreach (var key in report.Keys)
            if (await engine.Queries.MessageAsync(key, cancellationToken) is { Channel: "email" } row)
                return await TellAsync(engine, row, kind, report, mail, view, cancellationToken);
        return Results.Ok(view with { Ignored = "unknown-message" });
    }

    static async Task<IResult> TellAsync(IEngine engine, MessageRow row, FeedbackKind kind, BounceReport report, ReadOnlyMemory<byte> mail, BounceView view, CancellationToken cancellationToken)
    {
        // Servers like to repeat the address. The reason outlives the contact's erasure, so it must not hold it (Semantics 11.4).
        var reason = row.Address is { } address ? report.Reason.Replace(address, "…", StringComparison.OrdinalIgnoreCase) : report.Reason;
        var result = await Submissions.OneAsync(engine, new Submission
        {
            Body = new SubmissionBody.Feedback(row.Key, kind, Detail: kind is FeedbackKind.Bounced or FeedbackKind.SoftBounced or FeedbackKind.Complained && reason.Length > 0 ? reason : null),
            CreatesContact = false,
            MessageId = $"bounce/{row.Key}/{kind}/{Convert.ToHexStringLower(SHA256.HashData(mail.Span))[..32]}",
        }, cancellationToken);
        return result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact ? Submissions.Refusal(result) : Results.Ok(view with { Message = row.Key.ToString() });
    }

    static FeedbackKind? KindOf(ReportVerdict verdict) => verdict switch
    {
        ReportVerdict.None or ReportVerdict.Delayed => null,
        ReportVerdict.Delivered => FeedbackKind.Delivered,
        ReportVerdict.SoftBounced => FeedbackKind.SoftBounced,
        ReportVerdict.Bounced => FeedbackKind.Bounced,
        ReportVerdict.Complained => FeedbackKind.Complained,
        ReportVerdict.Unsubscribed => FeedbackKind.Unsubscribed,
        _ => throw new UnreachableException($"{verdict} is no verdict."),
    };
}

/// <summary>What was read in a mail that came back.</summary>
/// <param name="Message">The message that it is about, and that was told; null: see <paramref name="Ignored"/>.</param>
/// <param name="Status">The enhanced status code that decided, such as 5.1.1.</param>
/// <param name="Reason">In the reporter's words.</param>
/// <param name="Ignored">Why nothing was done: no-report, delayed (it is still tried), or unknown-message.</param>
sealed record BounceView(ReportVerdict Verdict, string? Message, string? Recipient, string? Status, string Reason, string? Ignored);
