namespace Parcours.Channels.Links;

/// <summary>What a public link lets its holder do. The numbers are part of every link already sent: never reuse one.</summary>
public enum LinkPurpose
{
    /// <summary>Opens the page that ends a subscription; only a POST acts (Semantics 10.9).</summary>
    Unsubscribe = 1,

    /// <summary>Shows the mail in a browser.</summary>
    View = 2,
}
