using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Parcours.Journeys.Contacts;

/// <summary>A dictionary for the few entries that most contacts have of each kind: one array, searched from its beginning, shared between a contact and its clones until one of them is changed.</summary>
/// <remarks>
/// Hot path: a contact has eight of these and is cloned for each burst; a <see cref="Dictionary{TKey,TValue}"/> each would be most of what a burst allocates.
/// Beyond <see cref="Few"/> entries an index is kept, made when first asked for. Entries stay in the order in which their keys were added.
/// Changed by one thread; while nobody changes it, read by any.
/// </remarks>
public sealed class SmallDictionary<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    const int Few = 16;
    KeyValuePair<TKey, TValue>[] _entries = [];
    Dictionary<TKey, int>? _places;
    bool _isShared;

    public SmallDictionary() { }

    /// <summary>A copy: costs nothing until one of the two is changed.</summary>
    public SmallDictionary(SmallDictionary<TKey, TValue> other)
    {
        (_entries, _places, Count) = (other._entries, other._places, other.Count);
        _isShared = other._isShared = Count > 0;
    }

    public int Count { get; private set; }

    public TValue this[TKey key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no {key}.");
        set
        {
            var place = PlaceOf(key);
            if (place < 0)
            {
                Append(key, value);
                return;
            }
            Own(0);
            _entries[place] = new(key, value);
        }
    }

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var place = PlaceOf(key);
        value = place < 0 ? default : _entries[place].Value;
        return place >= 0;
    }

    public TValue? GetValueOrDefault(TKey key) => TryGetValue(key, out var value) ? value : default;

    public bool ContainsKey(TKey key) => PlaceOf(key) >= 0;

    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Add(TKey key, TValue value)
    {
        if (PlaceOf(key) >= 0)
            throw new ArgumentException($"{key} is there already.", nameof(key));
        Append(key, value);
    }

    public bool Remove(TKey key)
    {
        var place = PlaceOf(key);
        if (place < 0)
            return false;
        // Into an array of its own, so that whoever walks the old one sees it as it was.
        var entries = new KeyValuePair<TKey, TValue>[_entries.Length];
        Array.Copy(_entries, entries, place);
        Array.Copy(_entries, place + 1, entries, place, --Count - place);
        (_entries, _places, _isShared) = (entries, null, false);
        return true;
    }

    public void Clear() => (_entries, Count, _places, _isShared) = ([], 0, null, false);

    /// <summary>Makes room for what is about to be read.</summary>
    public void EnsureCapacity(int count)
    {
        if (count > _entries.Length)
            Own(count - Count);
    }

    void Append(TKey key, TValue value)
    {
        Own(1);
        _places?.Add(key, Count);
        _entries[Count++] = new(key, value);
    }

    /// <summary>Makes the array its own, with room for some more.</summary>
    void Own(int more)
    {
        var grows = Count + more > _entries.Length;
        if (!_isShared && !grows)
            return;
        // One or two are usual for a new contact; many come one after the other.
        var entries = new KeyValuePair<TKey, TValue>[grows ? Math.Max(Count + more, Count < 4 ? 4 : Count * 2) : _entries.Length];
        Array.Copy(_entries, entries, Count);
        if (_isShared && _places is not null)
            _places = new(_places);
        (_entries, _isShared) = (entries, false);
    }

    int PlaceOf(TKey key)
    {
        if (Count > Few)
            return Places().TryGetValue(key, out var found) ? found : -1;
        var entries = _entries;
        for (var place = 0; place < Count; place++)
            if (EqualityComparer<TKey>.Default.Equals(entries[place].Key, key))
                return place;
        return -1;
    }

    Dictionary<TKey, int> Places()
    {
        if (_places is { } known)
            return known;
        var places = new Dictionary<TKey, int>(Count);
        for (var place = 0; place < Count; place++)
            places.Add(_entries[place].Key, place);
        return _places = places;
    }

    public IEnumerable<TKey> Keys => this.Select(static entry => entry.Key);

    public IEnumerable<TValue> Values => this.Select(static entry => entry.Value);

    public Enumerator GetEnumerator() => new(_entries, Count);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Over the entries as they were when it was asked for; what is added later is not seen.</summary>
    public struct Enumerator(KeyValuePair<TKey, TValue>[] entries, int count) : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        int _place = -1;

        public readonly KeyValuePair<TKey, TValue> Current => entries[_place];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_place < count;

        public void Reset() => _place = -1;

        public readonly void Dispose() { }
    }
}
