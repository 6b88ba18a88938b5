namespace Parcours.Channels.Mailing;

/// <summary>Of whom something is noticed. The contact's say is its consent to the topic <see cref="MailComposer.TrackingTopic"/> of the channel.</summary>
public enum TrackingWish
{
    /// <summary>Of nobody.</summary>
    No = 0,

    /// <summary>Of everybody who has not refused.</summary>
    Yes = 1,

    /// <summary>Of those alone who have consented.</summary>
    Consented = 2,
}
