namespace Parcours.Journeys.Contacts;

/// <summary>What the name of a field in a text means for a contact: <c>contact.firstName</c> finds <c>first_name</c>.</summary>
public static class ContactFields
{
    /// <summary>The property of that very name, else an identity, else a property whose name differs in capitals, spaces, underscores and hyphens alone; <see cref="Value.None"/> where there is none.</summary>
    public static Value Find(Contact contact, string name) =>
        contact.Property(name) is { IsNone: false } exact ? exact : Identity(contact, name) is { } identity ? Value.Of(identity) : Loosely(contact, name);

    static string? Identity(Contact contact, string name) => name switch
    {
        "email" => contact.IdentityOf(IdentityKind.Email),
        "phone" => contact.IdentityOf(IdentityKind.Phone),
        "user_id" or "userId" => contact.IdentityOf(IdentityKind.UserId),
        _ => null,
    };

    static Value Loosely(Contact contact, string name)
    {
        // Of several that match, always the same one: a dictionary's order is not the contact's.
        string? found = null;
        foreach (var (candidate, held) in contact.Properties)
            if (!held.Value.IsNone && Same(candidate, name) && (found is null || string.CompareOrdinal(candidate, found) < 0))
                found = candidate;
        return found is null ? Value.None : contact.Property(found);
    }

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
