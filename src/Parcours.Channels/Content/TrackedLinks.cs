using System.Globalization;
using System.Net;
using System.Text;
using Parcours.Channels.Links;

namespace Parcours.Channels.Content;

/// <summary>A link of the content whose clicks can be noticed.</summary>
/// <param name="Name">What events and conditions know it by: <c>data-link</c>, else the address as the author wrote it.</param>
/// <param name="Address">Null where it is personal: known once its fields are filled in.</param>
sealed record TrackedLink(string Name, string? Address)
{
    // One object, so that two senders who make it at once see a whole one.
    sealed record Sealed(PublicLinkSigner Signer, uint Content, string Seal);

    Sealed? _sealed;

    /// <summary>The seal of an address that is the same in every mail: made once a version.</summary>
    public string SealBy(PublicLinkSigner signer, uint content)
    {
        if (_sealed is { } known && ReferenceEquals(known.Signer, signer) && known.Content == content)
            return known.Seal;
        var seal = signer.Seal(new LinkTarget(Name, Address!, content), null);
        _sealed = new(signer, content, seal);
        return seal;
    }
}

/// <summary>
/// Finds, when content is compiled, the links whose clicks can be noticed, and puts marks in their places that rendering fills in: so a mail costs no reading of HTML.
/// Left as they are: <c>data-track="no"</c>, the recipient's own links (<c>links.unsubscribe</c>, <c>links.view</c>), and all that is no address on the web (mailto:, tel:, anchors).
/// </summary>
static class TrackedLinks
{
    public const string AddressHelper = "parcoursLink", BlockHelper = "parcoursLinkTo", OpenHelper = "parcoursOpen";

    /// <summary>The template with marks, and the links that they number.</summary>
    public static (string Template, IReadOnlyList<TrackedLink> Links) Mark(string source, IReadOnlyList<TemplateTag> tags)
    {
        var links = new List<TrackedLink>();
        var marked = new StringBuilder(source.Length + 256);
        var done = 0;
        foreach (var anchor in HtmlAnchors.Read(source, tags))
            foreach (var place in anchor.Addresses)
            {
                if (Judge(source, tags, place, anchor.Name) is not { } link)
                    continue;
                var number = links.Count.ToString(CultureInfo.InvariantCulture);
                links.Add(link);
                var value = source.AsSpan(place.Start, place.End - place.Start);
                var quote = place.IsQuoted ? "" : "\"";
                marked.Append(source.AsSpan(done, place.Start - done)).Append(quote);
                if (link.Address is not null)
                    marked.Append("{{").Append(AddressHelper).Append(' ').Append(number).Append("}}");
                else
                    marked.Append("{{#").Append(BlockHelper).Append(' ').Append(number).Append("}}").Append(value).Append("{{/").Append(BlockHelper).Append("}}");
                marked.Append(quote);
                done = place.End;
            }

        marked.Append(source.AsSpan(done));
        // At the end: whatever comes before is not moved by it, and a mailbox that cuts long mails has read them to there.
        var text = marked.ToString();
        var end = text.LastIndexOf("</body", StringComparison.OrdinalIgnoreCase);
        return (text.Insert(end < 0 ? text.Length : end, $"{{{{{OpenHelper} 0}}}}"), links);
    }

    static TrackedLink? Judge(string source, IReadOnlyList<TemplateTag> tags, HtmlAnchors.Place place, string? name)
    {
        var value = source[place.Start..place.End];
        var inside = tags.Where(tag => tag.Start >= place.Start && tag.End <= place.End).ToList();
        if (inside.Count == 0)
            return !value.Contains("{{", StringComparison.Ordinal) && LinkTarget.AddressOf(WebUtility.HtmlDecode(value)) is { } address
                ? new TrackedLink(Short(name ?? address), address)
                : null;
        if (!place.IsQuoted || !IsBalanced(inside) || inside.Exists(tag => tag.Content.Any(IsOwn)))
            return null;
        return LeadsWhereTheAuthorSaid(value.AsSpan(0, inside[0].Start - place.Start).TrimStart()) ? new TrackedLink(Short(name ?? WebUtility.HtmlDecode(value)), null) : null;
    }

    /// <summary>
    /// Whether what stands before the first field names the host and the end of it. A field in the host would let whoever fills in their own property have a lasting address under
    /// the sender's name that leads anywhere.
    /// </summary>
    static bool LeadsWhereTheAuthorSaid(ReadOnlySpan<char> fixedPart)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["https://", "http://"])
            if (fixedPart.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                return fixedPart[scheme.Length..].IndexOfAny('/', '?', '#') > 0;
        return false;
    }

    static string Short(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length <= LinkTarget.NameLengthMax ? trimmed : trimmed[..LinkTarget.NameLengthMax];
    }

    /// <summary>Whether every block that is opened within is closed within.</summary>
    static bool IsBalanced(List<TemplateTag> tags)
    {
        var depth = 0;
        foreach (var tag in tags)
        {
            depth += tag.Kind is TagKind.Open or TagKind.OpenInverse ? 1 : tag.Kind == TagKind.Close ? -1 : 0;
            if (depth < 0 || (depth == 0 && tag.Kind == TagKind.Else))
                return false;
        }

        return depth == 0;
    }

    static bool IsOwn(TemplateExpression expression) => expression switch
    {
        TemplateExpression.Field field => field.Segments.Contains("links"),
        TemplateExpression.Call call => call.Arguments.Any(IsOwn),
        _ => false,
    };
}
