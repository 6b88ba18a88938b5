using System.Buffers;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;
using Parcours.Storage.Sqlite.Gathered;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Who has which identity, inside one transaction. What was changed is written once, in order of contacts, before the commit.</summary>
sealed class SqliteIdentityBook(Writer writer) : IIdentityBook
{
    readonly Dictionary<long, Holding> _holdings = [];
    readonly ArrayBufferWriter<byte> _list = new();
    // The identities of the item at hand are asked for and then set: each is hashed once.
    readonly IdentityKey[] _keys = new IdentityKey[4];
    int _nextKey;

    /// <summary>When the contacts that are created now were first seen.</summary>
    public Instant Now { get; set; }

    public ContactId? HolderOf(Identity identity)
    {
        var holder = writer.Identities.Find(KeyOf(identity));
        return holder == default ? null : holder;
    }

    public ContactId? Find(ContactId contact)
    {
        // A merged contact's winner may have been merged later; each step leads to another row, and never back.
        while (Load(contact) is { } holding)
        {
            if (holding.MergedInto is not { } winner) return contact;
            contact = winner;
        }

        return null;
    }

    public IReadOnlyList<Identity> IdentitiesOf(ContactId contact) => Load(contact)?.Identities ?? [];

    public ContactId Create()
    {
        var state = writer.State;
        state.IsChanged = true;
        var number = ++state.Contact;
        var contact = ContactId.Create(number, Now.ToUnixTimeMilliseconds(), ContactHalves.SaltOf(number, state.Salt));
        _holdings.Add(number, new Holding(contact) { IsChanged = true });
        return contact;
    }

    public void Attach(Identity identity, ContactId contact, ContactId? former)
    {
        if (former is { } had && Load(had) is { } loses)
        {
            loses.Identities.Remove(identity);
            loses.IsChanged = true;
        }

        var holding = Load(contact) ?? throw new InvalidOperationException($"Contact {contact} has no row in holding.");
        if (!holding.Identities.Contains(identity)) holding.Identities.Add(identity);
        holding.IsChanged = true;
        writer.Identities.Put(KeyOf(identity), contact);
    }

    public void Release(Identity identity, ContactId contact)
    {
        if (Load(contact) is not { } holding || !holding.Identities.Remove(identity)) return;
        holding.IsChanged = true;
        writer.Identities.Release(KeyOf(identity));
    }

    public void Merge(ContactId loser, ContactId winner)
    {
        var from = Load(loser) ?? throw new InvalidOperationException($"Contact {loser} has no row in holding.");
        foreach (var identity in from.Identities.ToList()) Attach(identity, winner, loser);
        from.Identities.Clear();
        (from.MergedInto, from.IsChanged) = (winner, true);
    }

    /// <summary>Nobody has these identities any more, and the contact is unknown.</summary>
    public void Forget(ContactId contact)
    {
        if (Load(contact) is not { } holding) return;
        foreach (var identity in holding.Identities) writer.Identities.Release(KeyOf(identity));
        _holdings.Remove(contact.Number);
    }

    /// <summary>Runs a statement that writes the contact's row, with what was changed here in its two last columns.</summary>
    public void SaveWith(SqliteStatement save, ContactId contact)
    {
        if (_holdings.TryGetValue(contact.Number, out var holding) && holding.IsChanged && holding.Contact == contact) Write(save, 5, holding);
        else save.BindNull(5).BindNull(6).Run();
    }

    /// <summary>Writes what was changed and did not go along with the contact's row.</summary>
    public void Save()
    {
        List<Holding>? changed = null;
        foreach (var holding in _holdings.Values)
            if (holding.IsChanged)
                (changed ??= []).Add(holding);
        if (changed is null) return;
        changed.Sort(static (left, right) => left.Contact.Number.CompareTo(right.Contact.Number));
        foreach (var holding in changed) Write(writer.Query("save_holding").Bind(1, holding.Contact), 3, holding);
    }

    void Write(SqliteStatement save, int column, Holding holding)
    {
        _list.ResetWrittenCount();
        IdentityList.Write(_list, holding.Identities);
        if (holding.MergedInto is { } winner) save.Bind(column, winner.Value);
        else save.BindNull(column);
        save.BindBlob(column + 1, _list.WrittenSpan).Run();
        holding.IsChanged = false;
    }

    Holding? Load(ContactId contact)
    {
        if (_holdings.TryGetValue(contact.Number, out var known)) return known.Contact == contact ? known : null;
        var row = writer.Query("load_holding").Bind(1, contact.Number);
        if (!row.Step()) return null;
        // A number alone is no proof: the whole id must be that of the row.
        var holding = new Holding(ContactHalves.ContactOf(row.Long(0), contact.Number)) { MergedInto = row.IsNull(1) ? null : new ContactId(row.Guid(1)) };
        var list = row.Blob(2);
        holding.Identities.AddRange(IdentityList.Read(ref list));
        row.Reset();
        _holdings.Add(contact.Number, holding);
        return holding.Contact == contact ? holding : null;
    }

    IdentityKey KeyOf(Identity identity)
    {
        foreach (var key in _keys)
            if (key.Kind == (byte)identity.Kind && ReferenceEquals(key.Value, identity.Value))
                return key;
        return _keys[_nextKey++ & 3] = new IdentityKey((byte)identity.Kind, identity.Value);
    }

    sealed class Holding(ContactId contact)
    {
        public ContactId Contact { get; } = contact;

        public List<Identity> Identities { get; } = [];

        public ContactId? MergedInto { get; set; }

        public bool IsChanged { get; set; }
    }
}
