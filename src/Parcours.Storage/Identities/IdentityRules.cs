using System.Collections.Immutable;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Identities;

/// <summary>The table of Semantics 4.3 and the rule of 4.4, one identity after the other, strongest first. Equal in all stores.</summary>
static class IdentityRules
{
    public static void Resolve(IIdentityBook book, AppendItem item, Resolution resolution)
    {
        resolution.Clear();
        if (item.Contact is { } named)
        {
            resolution.Contact = book.Find(named);
            if (resolution.Contact is null) return;
        }

        if (item.Kind == EntryKind.Erase && resolution.Contact is { } erased)
        {
            // Whoever comes by one of them from now on is somebody new (Semantics 12.1, 12.2).
            foreach (var identity in book.IdentitiesOf(erased).ToList()) book.Release(identity, erased);
            book.Merge(erased, ContactId.Nobody);
            return;
        }

        if (item.Kind == EntryKind.Merge)
        {
            MergeByHand(book, item, resolution);
            return;
        }

        // What an unborn contact will have; once somebody is found, it is theirs.
        List<(Identity Identity, ContactId? Former)>? pending = null;
        foreach (var identity in item.Identities)
        {
            // What a key in a web page claims beyond an anonymous id is no proof of anything.
            if (item.Rights == SenderRights.Public && identity.Kind != IdentityKind.AnonymousId) continue;
            var holder = book.HolderOf(identity);
            if (resolution.Contact is { } contact)
            {
                if (holder is null) Attach(book, identity, null, contact, item, resolution);
                else if (holder != contact) Bring(book, identity, holder.Value, contact, item, resolution);
            }
            else if (holder is null)
            {
                (pending ??= []).Add((identity, null));
            }
            else
            {
                pending = Join(book, identity, holder.Value, pending, item, resolution);
            }
        }

        if (resolution.Contact is null) Create(book, item, pending, resolution);
    }

    /// <summary>The identity leads to somebody, and those before it to nobody yet.</summary>
    /// <returns>What still waits for a contact to be created.</returns>
    static List<(Identity Identity, ContactId? Former)>? Join(
        IIdentityBook book, Identity identity, ContactId holder, List<(Identity Identity, ContactId? Former)>? pending, AppendItem item, Resolution resolution)
    {
        var secondUser = !item.MayMergeUsers && pending is not null && pending.Exists(waiting => waiting.Identity.Kind == IdentityKind.UserId) && HasUserId(book, holder);
        if (secondUser)
        {
            // An anonymous id belongs from now on to the latest user. An address stays with its holder: the newcomer has it as a property.
            if (identity.Kind == IdentityKind.AnonymousId) pending!.Add((identity, holder));
            return pending;
        }

        resolution.Contact = holder;
        foreach (var (waiting, former) in pending ?? []) Attach(book, waiting, former, holder, item, resolution);
        return null;
    }

    /// <summary>The identity leads to another contact than those before it.</summary>
    static void Bring(IIdentityBook book, Identity identity, ContactId holder, ContactId contact, AppendItem item, Resolution resolution)
    {
        if (!item.MayMergeUsers && HasUserId(book, contact) && HasUserId(book, holder))
        {
            if (identity.Kind == IdentityKind.AnonymousId) Attach(book, identity, holder, contact, item, resolution);
            return;
        }

        resolution.Contact = Merge(book, contact, holder, resolution);
    }

    static void Create(IIdentityBook book, AppendItem item, List<(Identity Identity, ContactId? Former)>? pending, Resolution resolution)
    {
        if (!item.CreatesContact || pending is null) return;
        var contact = book.Create();
        (resolution.Contact, resolution.IsNew) = (contact, true);
        foreach (var (identity, former) in pending) Attach(book, identity, former, contact, item, resolution);
    }

    static void Attach(IIdentityBook book, Identity identity, ContactId? former, ContactId contact, AppendItem item, Resolution resolution)
    {
        var has = book.IdentitiesOf(contact);
        if (identity.Kind == IdentityKind.UserId && !item.MayMergeUsers && HasUserId(has)) return;
        if (identity.Kind is IdentityKind.Email or IdentityKind.Phone)
        {
            // Semantics 4.4: a changed address is free at once; whoever comes with it next is somebody new.
            // From the end: what is released leaves the list.
            for (var place = has.Count - 1; place >= 0; place--)
            {
                var old = has[place];
                if (old.Kind != identity.Kind) continue;
                book.Release(old, contact);
                if (!resolution.Attached.Remove(old)) resolution.Released.Add(old);
            }
        }

        if (former is { } loses) resolution.Moved.Add((loses, identity));
        book.Attach(identity, contact, former);
        resolution.Attached.Add(identity);
    }

    static void MergeByHand(IIdentityBook book, AppendItem item, Resolution resolution)
    {
        var winner = book.Find(MergeBody.Winner(item.Body.Span));
        if (winner is null || winner == resolution.Contact)
        {
            resolution.Contact = null;
            return;
        }

        book.Merge(resolution.Contact!.Value, winner.Value); // Resolve has returned where the contact is unknown.
        resolution.Merges.Add((resolution.Contact.Value, winner.Value));
    }

    /// <summary>The winner has a user id, else is older (Semantics 4.4). Numbers rise, so the smaller one is the older one.</summary>
    static ContactId Merge(IIdentityBook book, ContactId one, ContactId other, Resolution resolution)
    {
        var (oneHas, otherHas) = (HasUserId(book, one), HasUserId(book, other));
        var oneWins = oneHas == otherHas ? one < other : oneHas;
        var (winner, loser) = oneWins ? (one, other) : (other, one);
        book.Merge(loser, winner);
        resolution.Merges.Add((loser, winner));
        // What this item attached to the loser before, the winner now has by the merge: the loser's entry says nothing of it.
        return winner;
    }

    static bool HasUserId(IIdentityBook book, ContactId contact) => HasUserId(book.IdentitiesOf(contact));

    static bool HasUserId(IReadOnlyList<Identity> identities)
    {
        foreach (var identity in identities)
            if (identity.Kind == IdentityKind.UserId)
                return true;
        return false;
    }
}
