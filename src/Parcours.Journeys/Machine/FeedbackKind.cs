namespace Parcours.Journeys.Machine;

/// <summary>What came back of a message (Semantics 10.5). The numbers are stored; up to <see cref="Complained"/> they are those of <see cref="MessageStatus"/>.</summary>
public enum FeedbackKind : byte
{
    Delivered = 5,
    Opened = 6,
    Clicked = 7,
    /// <summary>For good: the address is not written to again (Semantics 10.4).</summary>
    Bounced = 8,
    /// <summary>The recipient called it spam: the address is not written to again (Semantics 10.4).</summary>
    Complained = 9,
    /// <summary>For now: a full mailbox, a server that is out of order. It changes nothing of the address.</summary>
    SoftBounced = 11,
    Replied = 12,
    /// <summary>By a link of the message, or by the mailbox's own button (RFC 8058).</summary>
    Unsubscribed = 13,
    /// <summary>A program fetched the image: proof that the mail arrived, none that anybody read it.</summary>
    MachineOpened = 14,
    /// <summary>A program followed a link: proof that the mail was handed over, and no more.</summary>
    MachineClicked = 15,
}
