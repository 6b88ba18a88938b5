namespace Parcours.Channels.Links;

/// <summary>What became of a token that somebody presented.</summary>
public abstract record LinkVerdict
{
    LinkVerdict() { }

    /// <summary>Signed by a key of ours that still stands.</summary>
    public sealed record Valid(PublicLink Link) : LinkVerdict;

    /// <summary>Signed by a key of ours that was revoked: answer 410.</summary>
    public sealed record Revoked : LinkVerdict;

    /// <summary>Not a link of ours, or changed on its way: answer 404, and no more detail than that.</summary>
    public sealed record Refused : LinkVerdict;

    internal static readonly LinkVerdict TheRevoked = new Revoked();
    internal static readonly LinkVerdict TheRefused = new Refused();
}
