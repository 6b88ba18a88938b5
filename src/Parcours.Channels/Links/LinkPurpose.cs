namespace Parcours.Channels.Links;

/// <summary>What a public link lets its holder do. The numbers are part of every link already sent: never reuse one.</summary>
public enum LinkPurpose
{
    /// <summary>Opens the page that ends a subscription; only a POST acts (Semantics 10.9).</summary>
    Unsubscribe = 1,

    /// <summary>Shows the mail in a browser.</summary>
    View = 2,

    /// <summary>The image that tells of an open. The holder can do nothing but be counted.</summary>
    Open = 3,

    /// <summary>Stands before a <see cref="LinkTarget"/> and says which message was clicked.</summary>
    Click = 4,
}
