using Parcours.Journeys.Contacts;

namespace Parcours.Channels.Content;

sealed class FieldsOfContact(Contact contact) : TemplateFields
{
    public override IEnumerable<string> Names => contact.Properties.Where(held => !held.Value.Value.IsNone).Select(held => held.Key).Order(StringComparer.Ordinal);

    public override object? Find(string name) => ContactFields.Find(contact, name) is { IsNone: false } found ? found : null;
}
