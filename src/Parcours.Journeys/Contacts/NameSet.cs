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

    public IEnumerator<string> GetEnumerator()
    {
        foreach (var (name, _) in _names)
            yield return name;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
