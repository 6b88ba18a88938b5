using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Links;

/// <summary>Where the signed public links lead: the base address that readers of mail can reach, and the paths below it.</summary>
public sealed class PublicAddresses
{
    /// <summary>Path before the token of a link to end a subscription.</summary>
    public const string UnsubscribePath = "/u/";

    /// <summary>Path before the token of a link to see a mail in a browser.</summary>
    public const string ViewPath = "/v/";

    readonly string _base;
    readonly PublicLinkSigner _signer;

    /// <param name="publicBase">Absolute http or https address, for example <c>https://journeys.example.com</c>; a path in it is kept.</param>
    /// <param name="signer">Signs the tokens.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or has a query or fragment.</exception>
    public PublicAddresses(Uri publicBase, PublicLinkSigner signer)
    {
        ArgumentNullException.ThrowIfNull(publicBase);
        ArgumentNullException.ThrowIfNull(signer);
        if (!publicBase.IsAbsoluteUri || publicBase.Scheme is not ("http" or "https") || publicBase.Query != "" || publicBase.Fragment != "")
            throw new ArgumentException("The public address must be absolute (http or https), without query or fragment.", nameof(publicBase));
        _base = publicBase.AbsoluteUri.TrimEnd('/');
        _signer = signer;
    }

    public string Unsubscribe(Partition partition, MessageKey message) =>
        _base + UnsubscribePath + _signer.Sign(new PublicLink(LinkPurpose.Unsubscribe, partition, message));

    public string View(Partition partition, MessageKey message) =>
        _base + ViewPath + _signer.Sign(new PublicLink(LinkPurpose.View, partition, message));
}
