using System.Security.Claims;
using System.Text.Json;
using Parcours.Channels;
using Parcours.Channels.Content;
using Parcours.Channels.Pages;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>What is sent: e-mail content. Errors in a template are found here, when it is saved.</summary>
static class ContentApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var content = api.MapGroup("content").WithTags("Content");
        content.MapGet("", async ([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) =>
                page.Of(await engine.Queries.DocumentsAsync("content", null, page.Key, page.Size + 1, cancellationToken), document => ContentView.Of(document, whole: false), document => document.Id))
            .WithName("contents").WithSummary("All content, by name.").Produces<Page<ContentView>>();
        content.MapPost("check", (RawBody body, IContentCheck check) => View(check.Check(NameIn(body.Json), body.Json)))
            .WithName("check-content").WithSummary("Every problem of content that is not saved.").Accepts<JsonElement>("application/json").Produces<CheckView>().Fails(400, 413);
        content.MapGet("{name}", GetAsync).WithName("content").WithSummary("Content as saved.").Produces<ContentView>().Fails(404);
        content.MapPut("{name}", PutAsync).WithName("put-content").WithSummary("Creates or replaces content; refused with every problem if a template does not compile.").Accepts<JsonElement>("application/json").Produces<ContentView>().Produces<ContentView>(201).Saves();
        content.MapDelete("{name}", async (string name, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
            {
                var seen = Precondition.Of(context.Request);
                return await (await engine.Catalogue.DeleteAsync("content", name, seen.Revision, cancellationToken)).ToDeletionAsync(context, seen, $"content '{name}'");
            })
            .WithName("delete-content").WithSummary("Deletes content; refused while something live uses it.").Produces(204).Deletes();
        content.MapPost("preview", PreviewUnsavedAsync).WithName("preview-unsaved-content").WithSummary("The same of content that is not saved; its frame shows it as a page.").Produces<PreviewView>().Fails(400, 422).WithMetadata(new NotRepeatable());
        content.MapGet("frames/{key}", (string key, Frames frames) => frames.Find(key) is { } page ? (IResult)new PublicPageAnswer(page) : new ProblemAnswer(Problems.NotFound("such preview (any more)")))
            .WithName("preview-frame").WithSummary("A preview of what is not saved as a page that can do nothing, for a frame; for ten minutes.").RequireAuthorization(Access.Admin).Produces<string>(200, "text/html").Fails(404);
        content.MapPost("{name}/preview", PreviewAsync).WithName("preview-content").WithSummary("The mail as this contact would get it now, with this journey data. Nothing is sent.").Produces<PreviewView>().Fails(400, 404, 422);
        content.MapGet("{name}/preview/html", PreviewPageAsync).WithName("preview-content-html").WithSummary("The saved mail as a page that can do nothing, for a frame: as this contact would get it, in this language.").Produces<string>(200, "text/html").Fails(400, 404, 422);
    }

    static async Task<IResult> GetAsync(string name, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.Queries.DocumentAsync("content", name, cancellationToken) is not { } document)
            return NotFound(name);
        context.Response.Headers.ETag = Precondition.Tag(document.Revision);
        return Results.Ok(ContentView.Of(document, whole: true));
    }

    static async Task<IResult> PutAsync(string name, RawBody body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        var seen = Precondition.Of(context.Request);
        var answer = await engine.Catalogue.SaveAsync("content", name, body.Json, seen.ForSaving, cancellationToken);
        return await answer.ToResultAsync(context, seen, $"content '{name}'", (document, warnings) => ValueTask.FromResult<object?>(ContentView.Of(document, whole: true) with { Warnings = warnings.Count > 0 ? warnings : null }), $"/api/v1/content/{Uri.EscapeDataString(name)}");
    }

    static async Task<IResult> PreviewAsync(string name, Body<PreviewBody> body, IEngine engine, Frames frames, CancellationToken cancellationToken) =>
        await RenderAsync(name, body.Value, engine, cancellationToken) switch
        {
            (RenderOutcome.Mail mail, _) => Results.Ok(new PreviewView(mail.Language, mail.Subject, mail.Preheader, mail.Html, mail.Text, frames.Keep(mail))),
            var (_, problem) => problem!,
        };

    static async Task<IResult> PreviewPageAsync(string name, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken, Guid? contact = null, string? language = null)
    {
        // Reading is enough to come here, and a mail made for a contact may say what is sensitive (Semantics 11.4).
        if (contact is not null && Mask.For(user, engine).HidesTexts)
            return new ProblemAnswer(Problems.MailHidden);
        return await RenderAsync(name, new PreviewBody(contact, Language: language), engine, cancellationToken) switch
        {
            (RenderOutcome.Mail mail, _) => new PublicPageAnswer(ViewPage.RenderForOthers("", mail.Subject, mail.Html, mail.Text)),
            var (_, problem) => problem!,
        };
    }

    static async Task<IResult> PreviewUnsavedAsync(Body<UnsavedPreviewBody> body, IEngine engine, IContentCheck check, Frames frames, CancellationToken cancellationToken)
    {
        var order = body.Value;
        if (order.Content.ValueKind != JsonValueKind.Object)
            return new ProblemAnswer(Problems.Invalid("json.type", "/content", "This must be an object."));
        var json = JsonSerializer.SerializeToUtf8Bytes(order.Content);
        if (check.Check(NameIn(json), json).Where(problem => problem.Severity == Severity.Error).Select(CatalogueAnswers.Reason).ToList() is { Count: > 0 } reasons)
            return new ProblemAnswer(Problems.Refused([.. reasons.Select(reason => reason with { Path = "/content" + reason.Path })]));
        return await RenderAsync(NameIn(json), json, new(order.Contact, order.Data, order.JourneyName, order.Language), engine, cancellationToken) switch
        {
            (RenderOutcome.Mail mail, _) => Results.Ok(new PreviewView(mail.Language, mail.Subject, mail.Preheader, mail.Html, mail.Text, frames.Keep(mail))),
            var (_, problem) => problem!,
        };
    }

    static async Task<(RenderOutcome.Mail? Mail, ProblemAnswer? Problem)> RenderAsync(string name, PreviewBody wanted, IEngine engine, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync("content", name, cancellationToken) is { } document ? await RenderAsync(name, document.Json, wanted, engine, cancellationToken) : (null, NotFound(name));

    /// <summary>The mail, or why there is none.</summary>
    static async Task<(RenderOutcome.Mail? Mail, ProblemAnswer? Problem)> RenderAsync(string name, ReadOnlyMemory<byte> json, PreviewBody wanted, IEngine engine, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        if (ContentDocument.Read(name, json, problems) is not { } content)
            return (null, new ProblemAnswer(Problems.Refused([.. problems.Select(CatalogueAnswers.Reason)])));
        var contact = wanted.Contact is { } id ? await engine.ContactAsync(new(id), cancellationToken) : new Contact(default, engine.Now);
        if (contact is null)
            return (null, new ProblemAnswer(Problems.Invalid("contact.unknown", "/contact", "There is no such contact.")));
        var data = wanted.Data is { ValueKind: JsonValueKind.Object } given ? new EventProperties(JsonSerializer.SerializeToUtf8Bytes(given)) : EventProperties.Empty;
        var outcome = CompiledContent.Compile(content).Render(new MailFields
        {
            Contact = TemplateFields.Of(contact),
            Event = TemplateFields.Of(data),
            EventIsOpen = wanted.Data is null,
            JourneyName = wanted.JourneyName ?? "",
            // A preview's links lead nowhere: nobody shall be unsubscribed by trying.
            UnsubscribeLink = "#unsubscribe",
            ViewLink = "#view",
            Language = wanted.Language ?? ContactLocale.LanguageOf(contact),
            Zone = ContactLocale.ZoneOf(contact, engine.Current.Zone),
            Marketing = true,
        });
        return outcome switch
        {
            RenderOutcome.Mail mail => (mail, null),
            RenderOutcome.Failed failed => (null, new ProblemAnswer(Problems.Refused([new ProblemReason(failed.Code, failed.Field ?? "", failed.Why)]))),
            _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
        };
    }

    // Unsaved content is checked under the name that it gives itself.
    static string NameIn(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "content";
    }

    static CheckView View(IReadOnlyList<Problem> problems) => new(problems.All(problem => problem.Severity != Severity.Error), [.. problems.Select(CatalogueAnswers.Reason)]);

    static ProblemAnswer NotFound(string name) => new(Problems.NotFound($"content '{name}'"));
}

/// <param name="Content">docs/content.md.</param>
sealed record ContentView(string Name, long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, JsonElement? Content, IReadOnlyList<ProblemReason>? Warnings = null)
{
    public static ContentView Of(Document document, bool whole) => new(document.Id, document.Revision, document.CreatedAt.ToApi(), document.UpdatedAt.ToApi(), whole ? RawJson.Of(document.Json) : null);
}

/// <param name="Contact">As whom; null: a contact of whom nothing is known.</param>
/// <param name="Data">The starting event's properties.</param>
/// <param name="Language">Instead of the contact's.</param>
sealed record PreviewBody(Guid? Contact = null, JsonElement? Data = null, string? JourneyName = null, string? Language = null);

/// <param name="Content">As it would be saved (docs/content.md); the rest as for a preview of saved content.</param>
sealed record UnsavedPreviewBody(JsonElement Content, Guid? Contact = null, JsonElement? Data = null, string? JourneyName = null, string? Language = null);

/// <param name="Frame">The address of the same as a page, for a frame; for ten minutes.</param>
sealed record PreviewView(string Language, string Subject, string Preheader, string Html, string Text, string Frame);
