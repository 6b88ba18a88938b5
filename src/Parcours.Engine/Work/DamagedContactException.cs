using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Work;

/// <summary>A contact's row can be read by no version of this program. What concerns it goes to the dead letters (Semantics 3.8); its row stays as it is, and everybody else's life goes on.</summary>
sealed class DamagedContactException(ContactId contact, string why) : Exception($"Contact {contact} of partition {Partition.Of(contact).Index} cannot be read: {why}")
{
    public ContactId Contact => contact;
}
