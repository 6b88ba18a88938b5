using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Parcours.Api;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Channels.Pages;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Web;

/// <summary>What readers of mail reach without a key, by signed links: ending a subscription, choosing topics, and the mail in a browser (Semantics 10.9).</summary>
sealed class PublicLinkPages(IEngine engine, PublicLinkSigner signer, Subscriptions subscriptions, MessageRate rate, MailComposer composer)
{
    const int FormBytesMax = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(PublicAddresses.UnsubscribePath + "{token}", (HttpContext context, PublicLinkPages pages, string token) => pages.AskAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(PublicAddresses.UnsubscribePath + "{token}", (HttpContext context, PublicLinkPages pages, string token) => pages.ActAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(PublicAddresses.ViewPath + "{token}", (HttpContext context, PublicLinkPages pages, string token) => pages.ViewAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Asks, and changes nothing: scanners follow every link.</summary>
    async Task<IResult> AskAsync(HttpContext context, string token)
    {
        var (state, row, contact) = await FindAsync(token, context.RequestAborted);
        if (row is not null && contact is not null)
            state = StandingOf(row, contact) ?? state;
        return await PageAsync(context, state, row, contact);
    }

    static UnsubscribeState? StandingOf(MessageRow row, Contact contact) =>
        Subscriptions.HasLeftAll(row, contact) ? UnsubscribeState.AlreadyAll
        : contact.Consent(row.Channel, row.Topic) == ConsentState.Refused ? UnsubscribeState.Already
        : null;

    /// <summary>Acts, once asked by a person's button or a mailbox's one click (RFC 8058); a refusal holds for every send that is claimed after this answer (Semantics 10.3).</summary>
    async Task<IResult> ActAsync(HttpContext context, string token)
    {
        var (state, row, contact) = await FindAsync(token, context.RequestAborted);
        if (row is null || contact is null)
            return await PageAsync(context, state, row, contact);
        var form = await FormAsync(context);
        try
        {
            // Leaving is always heard; what a flood changes to and fro is not.
            if (form?[UnsubscribePage.Field].ToString() is { Length: > 0 } and not UnsubscribePage.All && !rate.Allows(row.Key))
                return await PageAsync(context, UnsubscribeState.Failed, row, contact);
            state = await ActAsync(form?[UnsubscribePage.Field].ToString(), form, row, contact);
        }
        catch (Exception exception) when (exception is OverloadedException or StoreException)
        {
            return await PageAsync(context, UnsubscribeState.Failed, row, contact);
        }

        // As it is now: the boxes show what holds.
        return await PageAsync(context, state, row, await engine.ContactAsync(contact.Id, CancellationToken.None) ?? contact);
    }

    async Task<UnsubscribeState> ActAsync(string? act, IFormCollection? form, MessageRow row, Contact contact)
    {
        switch (act)
        {
            case UnsubscribePage.All:
                if (Subscriptions.HasLeftAll(row, contact))
                    return UnsubscribeState.AlreadyAll;
                await subscriptions.LeaveAllAsync(row);
                return UnsubscribeState.DoneAll;
            // Only what was left can be taken back: a mail that was passed on gives no consent.
            case UnsubscribePage.Again:
                if (StandingOf(row, contact) is not null)
                    await subscriptions.TakeBackAsync(row, contact);
                return UnsubscribeState.Again;
            case UnsubscribePage.AgainAll:
                if (Subscriptions.HasLeftAll(row, contact))
                    await subscriptions.TakeBackAllAsync(row, contact);
                return UnsubscribeState.Saved;
            case UnsubscribePage.Save:
                await subscriptions.ChooseAsync(row, contact, [.. form![UnsubscribePage.TopicField].OfType<string>()]);
                return UnsubscribeState.Saved;
            default:
                // One click, and whatever else posts here: the link says all.
                if (StandingOf(row, contact) is { } already)
                    return already;
                await subscriptions.LeaveAsync(row);
                return row.Topic.Length == 0 ? UnsubscribeState.DoneAll : UnsubscribeState.Done;
        }
    }

    /// <summary>The form, urlencoded or multipart; null where there is none that can be read, which is no reason not to unsubscribe anybody.</summary>
    static async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is > FormBytesMax)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = FormBytesMax;
        try
        {
            if (request.HasFormContentType)
                return await request.ReadFormAsync(new FormOptions { ValueCountLimit = 512, MultipartBodyLengthLimit = FormBytesMax, BufferBodyLengthLimit = FormBytesMax }, context.RequestAborted);
            // Read, so that the connection can be used again.
            await request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException or IOException)
        {
            // As above.
        }

        return null;
    }

    async Task<IResult> ViewAsync(HttpContext context, string token)
    {
        var language = PublicPage.ChooseLanguage(null, context.Request.Headers.AcceptLanguage);
        switch (signer.Verify(token))
        {
            case LinkVerdict.Valid { Link: { Purpose: LinkPurpose.View } link }:
                return new PublicPageAnswer(await engine.Queries.SandboxMailAsync(link.Message, context.RequestAborted) is { } mail
                    ? ViewPage.Render(LanguageOf(mail) ?? language, mail.Subject, mail.Html, mail.Text)
                    : await AnewAsync(link.Message, context.RequestAborted) is { } again
                        ? ViewPage.Render(again.Language, again.Subject, again.Html, again.Text)
                        : ViewPage.RenderAbsence(ViewAbsence.Gone, language));
            case LinkVerdict.Revoked:
                return new PublicPageAnswer(ViewPage.RenderAbsence(ViewAbsence.Revoked, language));
            default:
                return new PublicPageAnswer(ViewPage.RenderAbsence(ViewAbsence.Unknown, language));
        }
    }

    /// <summary>What left is not kept: it is composed once more, of the content and the contact as they are now. Null: its contact is forgotten, or it can be composed no more.</summary>
    async ValueTask<ComposedMail?> AnewAsync(MessageKey message, CancellationToken cancellationToken)
    {
        if (await engine.Queries.MessageAsync(message, cancellationToken) is not { } row || await engine.ContactAsync(row.Contact, cancellationToken) is not { } contact)
            return null;
        var (startEvent, data) = MessageDataCodec.Read(row.Data.Span);
        var journey = await engine.Catalogue.JourneyAsync(row.Journey, cancellationToken);
        return await composer.ComposeAsync(new(row, contact, data, startEvent, journey?.Name ?? row.Journey.Value, engine.Now) { Tracking = MessageTracking.None, ContentVersion = engine.Current.PinnedContentOf(row.Journey, row.Version, row.Point) }, cancellationToken) as ComposedMail;
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
        if (row is null || contact is null)
            return new PublicPageAnswer(UnsubscribePage.Render(state, language));
        return new PublicPageAnswer(UnsubscribePage.Render(
            state, language, await subscriptions.TitleAsync(row.Topic, CancellationToken.None), row.Address, null, await subscriptions.ChoicesAsync(row, contact, CancellationToken.None)));
    }

    static string? LanguageOf(SandboxMail mail)
    {
        using var headers = JsonDocument.Parse(mail.HeadersJson);
        return headers.RootElement.TryGetProperty("Content-Language", out var language) ? language.GetString() : null;
    }
}
