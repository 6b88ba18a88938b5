using System.Collections;

namespace Parcours.Journeys.Contacts;

/// <summary>A set of names, kept like a <see cref="SmallDictionary{TKey,TValue}"/>: in the order of adding, shared with clones until changed.</summary>
public sealed class NameSet : IReadOnlyCollection<string>
{
    readonly SmallDictionary<string, bool> _names;

    public NameSet() => _names = new();

    public NameSet(NameSet other) => _names = new(other._names);

    public int Count => _names.Count;

    public bool Contains(string name) => _names.ContainsKey(name);

    /// <returns>False: it was there.</returns>
    public bool Add(string name)
    {
        if (_names.ContainsKey(name))
            return false;
        _names.Add(name, true);
        return true;
    }

    /// <returns>False: it was not there.</returns>
    public bool Remove(string name) => _names.Remove(name);

    public void UnionWith(IEnumerable<string> others)
    {
        foreach (var name in others)
            Add(name);
    }

    public void Clear() => _names.Clear();

    public Enumerator GetEnumerator() => new(_names.GetEnumerator());

    IEnumerator<string> IEnumerable<string>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Over the names as they were when it was asked for.</summary>
    public struct Enumerator(SmallDictionary<string, bool>.Enumerator names) : IEnumerator<string>
    {
        // Not read-only: it moves.
        SmallDictionary<string, bool>.Enumerator _names = names;

        public readonly string Current => _names.Current.Key;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => _names.MoveNext();

        public void Reset() => _names.Reset();

        public readonly void Dispose() { }
    }
}
