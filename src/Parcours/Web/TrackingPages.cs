using Parcours.Api;
using Parcours.Channels.Links;
using Parcours.Channels.Pages;
using Parcours.Engine.Intake;
using Parcours.Journeys.Machine;

namespace Parcours.Web;

/// <summary>The image that tells of an open and the links that tell of a click (Semantics 10.9). Whoever comes gets the image, or where the link leads, whatever becomes of the telling.</summary>
sealed class TrackingPages(PublicLinkSigner signer, FeedbackIntake feedback)
{
    static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>One transparent pixel: GIF89a, 1 × 1.</summary>
    static readonly byte[] Image = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(PublicAddresses.OpenPath + "{token}", Methods, (HttpContext context, TrackingPages pages, string token) => pages.OpenAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods(PublicAddresses.ClickPath + "{token}/{target}", Methods, (HttpContext context, TrackingPages pages, string token, string target) => pages.ClickAsync(context, token, target)).AllowAnonymous().ExcludeFromDescription();
    }

    async Task<IResult> OpenAsync(HttpContext context, string token)
    {
        switch (signer.Verify(token))
        {
            case LinkVerdict.Valid { Link: { Purpose: LinkPurpose.Open } link }:
                if (HttpMethods.IsGet(context.Request.Method))
                    await feedback.TakeAsync(new SubmissionBody.Feedback(link.Message, Machines.IsOne(context.Request) ? FeedbackKind.MachineOpened : FeedbackKind.Opened), null);
                // Shown in mails, which are pages of others.
                context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
                context.Response.Headers.CacheControl = "no-store, no-cache, private, max-age=0";
                return Results.Bytes(Image, "image/gif");
            case LinkVerdict.Revoked:
                return Results.StatusCode(StatusCodes.Status410Gone);
            default:
                return Results.StatusCode(StatusCodes.Status404NotFound);
        }
    }

    async Task<IResult> ClickAsync(HttpContext context, string token, string target)
    {
        if (signer.Verify(token) is not LinkVerdict.Valid { Link: { Purpose: LinkPurpose.Click } link })
            return Absence(context, signer.Verify(token) is LinkVerdict.Revoked);
        if (signer.Unseal(target, link.Message) is not TargetVerdict.Valid { Target: { } sealedTarget })
            return Absence(context, signer.Unseal(target, link.Message) is TargetVerdict.Revoked);

        if (HttpMethods.IsGet(context.Request.Method))
            await feedback.TakeAsync(
                new SubmissionBody.Feedback(link.Message, Machines.IsOne(context.Request) ? FeedbackKind.MachineClicked : FeedbackKind.Clicked, sealedTarget.Name), sealedTarget.Content);
        var headers = context.Response.Headers;
        // The shop shall not learn the token, and no cache may answer in our stead.
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.CacheControl = "no-store, no-cache, private, max-age=0";
        headers.Location = sealedTarget.Address;
        return Results.StatusCode(StatusCodes.Status302Found);
    }

    static PublicPageAnswer Absence(HttpContext context, bool isRevoked) =>
        new(ViewPage.RenderAbsence(isRevoked ? ViewAbsence.Revoked : ViewAbsence.Unknown, PublicPage.ChooseLanguage(null, context.Request.Headers.AcceptLanguage)));
}
