using System.Text;

namespace Parcours.Engine.State;

/// <summary>Gives the same string for the same bytes, mostly: names of properties, tags, journeys and points come again in every contact that is read.</summary>
/// <remarks>A name has one place by its hash, and the latest to come keeps it: bounded, and never wrong. One a thread.</remarks>
sealed class NamePool
{
    const int Places = 1_024, LengthMost = 64;

    [ThreadStatic]
    static NamePool? _mine;

    readonly string?[] _names = new string?[Places];
    readonly byte[]?[] _bytes = new byte[]?[Places];

    public static NamePool Mine => _mine ??= new();

    /// <param name="utf8">The name; a long one is not kept.</param>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > LengthMost)
            return Encoding.UTF8.GetString(utf8);
        // FNV-1a, 32 bits.
        var hash = 2166136261;
        foreach (var next in utf8)
            hash = (hash ^ next) * 16777619;
        var place = (hash ^ (hash >> 16)) & (Places - 1);
        if (_bytes[place] is { } known && utf8.SequenceEqual(known))
            return _names[place]!;
        var name = Encoding.UTF8.GetString(utf8);
        (_bytes[place], _names[place]) = (utf8.ToArray(), name);
        return name;
    }
}
