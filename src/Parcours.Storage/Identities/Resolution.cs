using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Identities;

/// <summary>Whom an item means, and what follows from its identities. Reused from item to item.</summary>
sealed class Resolution
{
    /// <summary>Null: an unknown contact that may not be created.</summary>
    public ContactId? Contact { get; set; }

    public bool IsNew { get; set; }

    /// <summary>What became the contact's.</summary>
    public List<Identity> Attached { get; } = [];

    /// <summary>What the contact no longer has: it changed its address.</summary>
    public List<Identity> Released { get; } = [];

    public List<(ContactId Loser, ContactId Winner)> Merges { get; } = [];

    /// <summary>What others lost to the contact without being merged.</summary>
    public List<(ContactId From, Identity Identity)> Moved { get; } = [];

    public void Clear()
    {
        (Contact, IsNew) = (null, false);
        Attached.Clear();
        Released.Clear();
        Merges.Clear();
        Moved.Clear();
    }
}
