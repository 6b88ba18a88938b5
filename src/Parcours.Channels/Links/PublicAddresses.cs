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

    /// <summary>Path before the token of the image that tells of an open.</summary>
    public const string OpenPath = "/o/";

    /// <summary>Path before the token of a message and, after a slash, the seal of a link's target.</summary>
    public const string ClickPath = "/c/";

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

    public string Open(Partition partition, MessageKey message) =>
        _base + OpenPath + _signer.Sign(new PublicLink(LinkPurpose.Open, partition, message));

    /// <summary>What stands before the seals of a message's links.</summary>
    public string BeforeTarget(Partition partition, MessageKey message) =>
        $"{_base}{ClickPath}{_signer.Sign(new PublicLink(LinkPurpose.Click, partition, message))}/";

    /// <summary>Whether an address is one of ours, for one message only: to unsubscribe, to view, and the like.</summary>
    public bool IsOwn(string address) => address.StartsWith(_base, StringComparison.OrdinalIgnoreCase) && address.Length > _base.Length + 3
        && address.AsSpan(_base.Length, 3) is UnsubscribePath or ViewPath or OpenPath or ClickPath;

    /// <summary>Seals the targets of links.</summary>
    public PublicLinkSigner Signer => _signer;

    public string View(Partition partition, MessageKey message) =>
        _base + ViewPath + _signer.Sign(new PublicLink(LinkPurpose.View, partition, message));
}
