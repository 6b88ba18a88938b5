using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Identities;

/// <summary>Who has which identity, inside the transaction that resolves: what the rules ask and what they order. Each store has its own.</summary>
interface IIdentityBook
{
    /// <summary>Null: nobody has it.</summary>
    ContactId? HolderOf(Identity identity);

    /// <summary>Null where there is no such contact; the winner where it was merged.</summary>
    ContactId? Find(ContactId contact);

    IReadOnlyList<Identity> IdentitiesOf(ContactId contact);

    ContactId Create();

    /// <summary>Gives the identity to the contact, and takes it from who had it.</summary>
    void Attach(Identity identity, ContactId contact, ContactId? former);

    void Release(Identity identity, ContactId contact);

    /// <summary>All identities of the loser become the winner's; whoever names the loser finds the winner.</summary>
    void Merge(ContactId loser, ContactId winner);
}
