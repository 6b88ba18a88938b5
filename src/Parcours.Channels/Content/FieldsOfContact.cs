using Parcours.Journeys.Contacts;

namespace Parcours.Channels.Content;

sealed class FieldsOfContact(Contact contact) : TemplateFields
{
    public override IEnumerable<string> Names => contact.Properties.Where(held => !held.Value.Value.IsNone).Select(held => held.Key).Order(StringComparer.Ordinal);

    public override object? Find(string name) =>
        contact.Property(name) is { IsNone: false } exact ? exact : (object?)Identity(name) ?? Loosely(name);

    string? Identity(string name) => name switch
    {
        "email" => contact.IdentityOf(IdentityKind.Email),
        "phone" => contact.IdentityOf(IdentityKind.Phone),
        "user_id" or "userId" => contact.IdentityOf(IdentityKind.UserId),
        _ => null,
    };

    Value? Loosely(string name)
    {
        // Of several that match, always the same one: a dictionary's order is not the contact's.
        string? found = null;
        foreach (var (candidate, held) in contact.Properties)
            if (!held.Value.IsNone && Same(candidate, name) && (found is null || string.CompareOrdinal(candidate, found) < 0))
                found = candidate;
        return found is null ? null : contact.Property(found);
    }

    /// <summary>Whether two names differ in capitals, spaces, underscores and hyphens alone.</summary>
    static bool Same(string left, string right)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < left.Length && left[i] is '_' or '-' or ' ')
                i++;
            while (j < right.Length && right[j] is '_' or '-' or ' ')
                j++;
            if (i == left.Length || j == right.Length)
                return i == left.Length && j == right.Length;
            if (char.ToUpperInvariant(left[i++]) != char.ToUpperInvariant(right[j++]))
                return false;
        }
    }
}
