using System.Globalization;
using System.Net;
using HandlebarsDotNet;
using Parcours.Channels.Links;

namespace Parcours.Channels.Content;

/// <summary>Fills in the marks that <see cref="TrackedLinks"/> has put into HTML. Authors cannot write them: the check knows no helpers of these names.</summary>
/// <remarks>Hot path: an address that stands in the content costs no cryptography, a personal one one signature.</remarks>
static class TrackingMarks
{
    const string ImageOpen = "<img alt=\"\" width=\"1\" height=\"1\" style=\"display:block;width:1px;height:1px;border:0\" data-open=\"\" src=\"";

    public static void Register(IHandlebars handlebars)
    {
        handlebars.RegisterHelper(TrackedLinks.AddressHelper, static (EncodedTextWriter _, Context _, Arguments values) => WriteAddress(Link(values)));
        handlebars.RegisterHelper(TrackedLinks.BlockHelper, static (EncodedTextWriter output, BlockHelperOptions options, Context context, Arguments values) =>
        {
            var scope = RenderScope.Current;
            var before = scope.Written;
            options.Template(output, context);
            if (scope.Tracking is { BeforeTarget: not null } tracking)
                WritePersonal(scope, tracking, Link(values), scope.TakeFrom(before));
        });
        handlebars.RegisterHelper(TrackedLinks.OpenHelper, static (EncodedTextWriter _, Context _, Arguments _) =>
        {
            var scope = RenderScope.Current;
            if (scope.Tracking is not { OpenLink: { } open })
                return;
            scope.Write(ImageOpen);
            scope.Write(open);
            scope.Write("\">");
        });
    }

    /// <summary>The mail without the image that tells of an open: for people who look at it and did not get it.</summary>
    public static string WithoutImage(string html)
    {
        var at = html.LastIndexOf(ImageOpen, StringComparison.Ordinal);
        var end = at < 0 ? -1 : html.IndexOf("\">", at + ImageOpen.Length, StringComparison.Ordinal);
        return end < 0 ? html : html.Remove(at, end + 2 - at);
    }

    static TrackedLink Link(in Arguments values) => RenderScope.Current.Links[Convert.ToInt32(values[0], CultureInfo.InvariantCulture)];

    static void WriteAddress(TrackedLink link)
    {
        var scope = RenderScope.Current;
        if (scope.Tracking is { BeforeTarget: { } before } tracking)
        {
            scope.Write(before);
            scope.Write(link.SealBy(tracking.Addresses.Signer, tracking.Content));
        }
        else
        {
            scope.Write(WebUtility.HtmlEncode(link.Address));
        }
    }

    static void WritePersonal(RenderScope scope, MailTracking tracking, TrackedLink link, string written)
    {
        if (LinkTarget.AddressOf(WebUtility.HtmlDecode(written)) is { } address && !tracking.Addresses.IsOwn(address))
        {
            scope.Write(tracking.BeforeTarget);
            scope.Write(tracking.Addresses.Signer.Seal(new LinkTarget(link.Name, address, tracking.Content), tracking.Message));
        }
        else
        {
            scope.Write(written);
        }
    }
}
