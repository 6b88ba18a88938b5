using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Channels.Pages;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>Messages as decided and settled, and the sandbox mailbox in which they lie.</summary>
static class MessagesApi
{
    const int LookAtOnce = 200;
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    public static void Map(RouteGroupBuilder api)
    {
        var messages = api.MapGroup("messages").WithTags("Messages");
        messages.MapGet("", ListAsync).WithName("messages").WithSummary("Messages, newest first; of one journey, contact or status if asked.").Produces<Page<MessageView>>();
        messages.MapGet("{key}", async (string key, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken) =>
                KeyOf(key) is { } known && await engine.Queries.MessageAsync(known, cancellationToken) is { } row ? Results.Ok(MessageView.Of(row, Mask.For(user, engine))) : NotFound(key))
            .WithName("message").WithSummary("One message.").Produces<MessageView>().Fails(404);

        messages.MapPost("{key}/resend", ResendAsync).WithName("resend-message").WithSummary("Sends a message once more that failed or of which nobody knows whether it left; who opted out meanwhile is skipped. Asked again while it waits it changes nothing.")
            .Produces<MessageView>().Fails(404, 422);

        var sandbox = api.MapGroup("sandbox").WithTags("Sandbox");
        sandbox.MapGet("", MailsAsync).WithName("sandbox").WithSummary("Mails that stayed here instead of leaving, newest first; with ?search= those whose address or subject says so. A page may be short and still have a next.").Produces<Page<SandboxMailView>>();
        sandbox.MapGet("{key}", async (string key, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken) =>
                KeyOf(key) is { } known && await engine.Queries.SandboxMailAsync(known, cancellationToken) is { } mail ? Results.Ok(SandboxMailView.Of(mail, Mask.For(user, engine), whole: true)) : NotFound(key))
            .WithName("sandbox-mail").WithSummary("One mail with its HTML, text and headers.").Produces<SandboxMailView>().Fails(404);
        sandbox.MapGet("{key}/html", HtmlAsync).WithName("sandbox-html").WithSummary("The mail as its recipient sees it, as a page that can do nothing.").Produces<string>(200, "text/html").Fails(403, 404);
    }

    static async Task<Page<MessageView>> ListAsync([AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken, string? journey = null, Guid? contact = null, [Description(Statuses)] string? status = null) =>
        page.Of(
            await engine.Queries.MessagesAsync(journey is null ? null : new JourneyId(journey), contact is { } id ? new ContactId(id) : null, StatusOf(status), page.Number, page.Size + 1, cancellationToken),
            row => MessageView.Of(row, Mask.For(user, engine)), row => row.Number.ToString(CultureInfo.InvariantCulture));

    const string Statuses = "pending, skipped, failed, inDoubt, sent, delivered, opened, clicked, bounced, complained or cancelled.";

    /// <summary>As the answers spell it; the server's own reading of such parameters knows no other spelling than that of the code.</summary>
    static MessageStatus? StatusOf(string? said) =>
        said is null ? null
        : said.Length > 0 && said.All(char.IsAsciiLetter) && Enum.TryParse<MessageStatus>(said, ignoreCase: true, out var status) ? status
        : throw new BadInputException(Problems.Invalid("message.status", "status", $"There is no status '{said}': say {Statuses}"));

    static async Task<IResult> ResendAsync(string key, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (KeyOf(key) is not { } known || await engine.Queries.MessageAsync(known, cancellationToken) is null)
            return NotFound(key);
        var result = await Submissions.OneAsync(engine, new Submission { Body = new SubmissionBody.Resend(known), Origin = Origin.Person, CreatesContact = false, MessageId = Idempotency.MessageId(context) }, cancellationToken);
        if (result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact)
            return Submissions.Refusal(result);
        return await engine.Queries.MessageAsync(known, cancellationToken) is { } row ? Results.Ok(MessageView.Of(row, Mask.For(context.User, engine))) : NotFound(key);
    }

    static async Task<Page<SandboxMailView>> MailsAsync([AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, TimeProvider time, CancellationToken cancellationToken, [Description("Words that stand in the address or the subject.")] string? search = null)
    {
        var ((before, key), mask, began, views) = (SandboxCursor.Read(page), Mask.For(user, engine), time.GetTimestamp(), new List<SandboxMailView>());
        var words = (search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var atOnce = words.Length == 0 ? page.Size + 1 : LookAtOnce;
        string? at = null;
        while (true)
        {
            var mails = await engine.Queries.SandboxMailsAsync(before, key, atOnce, cancellationToken);
            foreach (var mail in mails)
            {
                if (views.Count == page.Size)
                    return new(views, at);
                (before, key) = (mail.At, mail.Key);
                at = PageQuery.Cursor(SandboxCursor.Of(mail));
                if (Array.TrueForAll(words, word => Says(mail, word, mask)))
                    views.Add(SandboxMailView.Of(mail, mask, whole: false) with { Journey = (await engine.Queries.MessageAsync(mail.Key, cancellationToken))?.Journey.Value });
            }

            if (mails.Count < atOnce)
                return new(views, null);
            // It is said where to go on: looking through took its time.
            if (words.Length == 0 || time.GetElapsedTime(began) > Budget)
                return new(views, at);
        }
    }

    /// <summary>What one may not see is not found either.</summary>
    static bool Says(SandboxMail mail, string word, Mask mask) =>
        mask.Shows("email") && mail.To.Contains(word, StringComparison.OrdinalIgnoreCase) || !mask.HidesTexts && mail.Subject.Contains(word, StringComparison.OrdinalIgnoreCase);

    static async Task<IResult> HtmlAsync(string key, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        if (Mask.For(user, engine).HidesTexts)
            return new ProblemAnswer(Problems.MailHidden);
        return KeyOf(key) is { } known && await engine.Queries.SandboxMailAsync(known, cancellationToken) is { } mail ? new PublicPageAnswer(ViewPage.RenderForOthers("", mail.Subject, mail.Html, mail.Text)) : NotFound(key);
    }

    public static MessageKey? KeyOf(string key) => Guid.TryParseExact(key, "N", out var value) || Guid.TryParseExact(key, "D", out value) ? new MessageKey(value) : null;

    static ProblemAnswer NotFound(string key) => new(Problems.NotFound($"message {key}"));
}

/// <summary>Where a page of the sandbox ends: a time and, since many mails share one, a key.</summary>
static class SandboxCursor
{
    public static string Of(SandboxMail mail) => $"{mail.At.ToMicroseconds()} {mail.Key}";

    public static (NodaTime.Instant? Before, MessageKey? Key) Read(PageQuery page)
    {
        if (page.Key is not { } text)
            return (null, null);
        return text.Split(' ') is [var at, var key] && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var microseconds) && MessagesApi.KeyOf(key) is { } known
            ? (Microseconds.ToInstant(microseconds), known)
            : throw new BadInputException(Problems.Invalid("page.cursor", "after", "This cursor is not one of ours; take `next` of the page before as it is."));
    }
}

/// <summary>A mail that stayed here.</summary>
/// <param name="Hidden">Subject, preheader, bodies and headers are not shown: the caller may only read, and what a mail says may be the value of a sensitive property (Semantics 11.4).</param>
sealed record SandboxMailView(string Key, Guid Contact, DateTimeOffset At, string From, string To, string Subject, string Preheader, string? Html, string? Text, JsonElement? Headers, bool Hidden)
{
    /// <summary>Of which journey; not said of one mail alone.</summary>
    public string? Journey { get; init; }

    public static SandboxMailView Of(SandboxMail mail, Mask mask, bool whole)
    {
        var (to, shown) = (mask.Address("email", mail.To), !mask.HidesTexts);
        var view = new SandboxMailView(mail.Key.ToString(), mail.Contact.Value, mail.At.ToApi(), mail.From, to, mask.Text(mail.Subject), mask.Text(mail.Preheader), null, null, null, !shown);
        return whole && shown ? view with { Html = mail.Html, Text = mail.Text, Headers = RawJson.Of(System.Text.Encoding.UTF8.GetBytes(mail.HeadersJson)) } : view;
    }
}

/// <summary>A page of the channels as an answer, with its own headers.</summary>
sealed class PublicPageAnswer(PublicPage page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = page.Status;
        foreach (var (name, value) in page.Headers)
            response.Headers[name] = value;
        // The page's own policy says who may frame it; the older header would forbid it to everybody.
        response.Headers.Remove("X-Frame-Options");
        return response.WriteAsync(page.Html, httpContext.RequestAborted);
    }
}
