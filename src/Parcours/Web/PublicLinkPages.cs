using System.Collections.Immutable;
using System.Text.Json;
using Parcours.Api;
using Parcours.Channels.Links;
using Parcours.Channels.Pages;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;

namespace Parcours.Web;

/// <summary>What readers of mail reach without a key, by signed links: ending a subscription, and the mail in a browser (Semantics 10.9).</summary>
sealed class PublicLinkPages(IEngine engine, PublicLinkSigner signer)
{
    const int FormBytesMax = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(PublicAddresses.UnsubscribePath + "{token}", (HttpContext context, PublicLinkPages pages, string token) => pages.AskAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(PublicAddresses.UnsubscribePath + "{token}", (HttpContext context, PublicLinkPages pages, string token) => pages.UnsubscribeAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(PublicAddresses.ViewPath + "{token}", (HttpContext context, PublicLinkPages pages, string token) => pages.ViewAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Asks, and changes nothing: scanners follow every link.</summary>
    async Task<IResult> AskAsync(HttpContext context, string token)
    {
        var (state, row, contact) = await FindAsync(token, context.RequestAborted);
        if (row is not null && contact is not null && contact.Consent(row.Channel, row.Topic) == ConsentState.Refused)
            state = UnsubscribeState.Already;
        return await PageAsync(context, state, row, contact);
    }

    /// <summary>Acts, once asked by a person's button or a mailbox's one click (RFC 8058); the refusal holds for every send that is claimed after this answer (Semantics 10.3).</summary>
    async Task<IResult> UnsubscribeAsync(HttpContext context, string token)
    {
        var (state, row, contact) = await FindAsync(token, context.RequestAborted);
        if (row is null || contact is null)
            return await PageAsync(context, state, row, contact);
        // The link says all; the form (urlencoded or multipart) is only read so that the connection can be used again.
        if (context.Request.ContentLength is not > FormBytesMax)
            await DrainAsync(context);
        if (contact.Consent(row.Channel, row.Topic) == ConsentState.Refused)
            return await PageAsync(context, UnsubscribeState.Already, row, contact);
        ImmutableArray<ContactEdit> edits = [new ContactEdit.SetConsent(row.Channel, row.Topic, ConsentState.Refused)];
        try
        {
            // By the person: an act that waits for nothing. It is not cancelled when the mailbox hangs up.
            await engine.SubmitAsync([new Submission { Body = new SubmissionBody.Received(edits, default, null, default), Origin = Origin.Person, Contact = contact.Id, CreatesContact = false }], CancellationToken.None);
        }
        catch (Exception exception) when (exception is OverloadedException or StoreException)
        {
            return await PageAsync(context, UnsubscribeState.Failed, row, contact);
        }

        return await PageAsync(context, UnsubscribeState.Done, row, contact);
    }

    async Task<IResult> ViewAsync(HttpContext context, string token)
    {
        var language = PublicPage.ChooseLanguage(null, context.Request.Headers.AcceptLanguage);
        switch (signer.Verify(token))
        {
            case LinkVerdict.Valid { Link: { Purpose: LinkPurpose.View } link }:
                return new PublicPageAnswer(await engine.Queries.SandboxMailAsync(link.Message, context.RequestAborted) is { } mail
                    ? ViewPage.Render(LanguageOf(mail) ?? language, mail.Subject, mail.Html, mail.Text)
                    : ViewPage.RenderAbsence(ViewAbsence.Gone, language));
            case LinkVerdict.Revoked:
                return new PublicPageAnswer(ViewPage.RenderAbsence(ViewAbsence.Revoked, language));
            default:
                return new PublicPageAnswer(ViewPage.RenderAbsence(ViewAbsence.Unknown, language));
        }
    }

    async Task<(UnsubscribeState State, MessageRow? Row, Contact? Contact)> FindAsync(string token, CancellationToken cancellationToken) => signer.Verify(token) switch
    {
        LinkVerdict.Valid { Link: { Purpose: LinkPurpose.Unsubscribe } link } =>
            await engine.Queries.MessageAsync(link.Message, cancellationToken) is { } row && await engine.ContactAsync(row.Contact, cancellationToken) is { } contact
                ? (UnsubscribeState.Ask, row, contact)
                : (UnsubscribeState.Unknown, null, null),
        LinkVerdict.Revoked => (UnsubscribeState.Revoked, null, null),
        _ => (UnsubscribeState.Unknown, null, null),
    };

    async Task<IResult> PageAsync(HttpContext context, UnsubscribeState state, MessageRow? row, Contact? contact)
    {
        var language = PublicPage.ChooseLanguage(contact is null ? null : Channels.ContactLocale.LanguageOf(contact), context.Request.Headers.AcceptLanguage);
        return new PublicPageAnswer(UnsubscribePage.Render(state, language, row is null ? null : await TitleAsync(row.Topic, context.RequestAborted), row?.Address));
    }

    async ValueTask<string?> TitleAsync(string topic, CancellationToken cancellationToken)
    {
        if (await engine.Queries.DocumentAsync("topic", topic, cancellationToken) is not { } document)
            return null;
        using var json = JsonDocument.Parse(document.Json);
        return json.RootElement.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null;
    }

    static string? LanguageOf(SandboxMail mail)
    {
        using var headers = JsonDocument.Parse(mail.HeadersJson);
        return headers.RootElement.TryGetProperty("Content-Language", out var language) ? language.GetString() : null;
    }

    static async Task DrainAsync(HttpContext context)
    {
        var buffer = new byte[4096];
        for (var left = FormBytesMax; left > 0;)
        {
            var read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted);
            if (read == 0)
                return;
            left -= read;
        }
    }
}
