using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Work;

/// <summary>Contacts as committed last, up to a number of them; those not asked for in the older half go first.</summary>
/// <remarks>Two generations instead of a list of uses: a hit costs one look-up and no bookkeeping. What it holds is never changed: bursts work on clones. Written by the worker, read by senders too.</remarks>
public sealed class ContactCache(int capacity)
{
    readonly Lock _lock = new();
    Dictionary<ContactId, Contact> _young = [];
    Dictionary<ContactId, Contact> _old = [];

    public bool TryGet(ContactId id, out Contact? contact)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(id, out contact))
                return true;
            if (!_old.Remove(id, out contact))
                return false;
            Add(id, contact);
            return true;
        }
    }

    public void Put(Contact contact)
    {
        lock (_lock)
        {
            _old.Remove(contact.Id);
            Add(contact.Id, contact);
        }
    }

    public void Remove(ContactId id)
    {
        lock (_lock)
        {
            _young.Remove(id);
            _old.Remove(id);
        }
    }

    /// <summary>Forgets everything: after a failed commit nothing cached can be trusted (Semantics 3.8).</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _young.Clear();
            _old.Clear();
        }
    }

    void Add(ContactId id, Contact contact)
    {
        if (_young.Count >= capacity / 2)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[id] = contact;
    }
}
