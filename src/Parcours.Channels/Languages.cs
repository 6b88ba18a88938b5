using System.Collections.Frozen;
using System.Globalization;

namespace Parcours.Channels;

/// <summary>Language tags as contacts, contents and browsers name them.</summary>
public static class Languages
{
    // The platform makes a culture out of nearly any text and keeps it for ever; contacts' languages come from outside, so only those it knows count.
    static readonly FrozenDictionary<string, CultureInfo> Known = CultureInfo.GetCultures(CultureTypes.AllCultures)
        .Where(culture => culture.Name.Length > 0)
        .DistinctBy(culture => culture.Name, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(culture => culture.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The culture of a tag such as <c>fr</c>, <c>fr-CH</c> or <c>fr_CH</c>; null if there is no such language.</summary>
    public static CultureInfo? Find(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
            return null;
        var name = tag.Trim().Replace('_', '-');
        while (true)
        {
            if (Known.TryGetValue(name, out var culture))
                return culture;
            // An unknown region or script does not make the language unknown.
            if (name.LastIndexOf('-') is not (var cut and > 0))
                return null;
            name = name[..cut];
        }
    }

    /// <summary>The best of what is there for somebody who wants <paramref name="wanted"/>: the same tag, else the same language.</summary>
    /// <returns>A member of <paramref name="available"/>; null if none fits.</returns>
    public static string? Best(string? wanted, IEnumerable<string> available)
    {
        if (string.IsNullOrWhiteSpace(wanted))
            return null;
        var tag = wanted.Trim().Replace('_', '-');
        string? best = null;
        foreach (var candidate in available.Order(StringComparer.Ordinal))
        {
            if (candidate.Equals(tag, StringComparison.OrdinalIgnoreCase))
                return candidate;
            // The bare language before another region of it.
            if (Primary(candidate).Equals(Primary(tag), StringComparison.OrdinalIgnoreCase) && (best is null || candidate.Length < best.Length))
                best = candidate;
        }

        return best;
    }

    /// <summary>The best of what is there for a browser that sent this <c>Accept-Language</c> header (RFC 9110 section 12.5.4).</summary>
    /// <returns>A member of <paramref name="available"/>; null if none fits.</returns>
    public static string? BestOfHeader(string? acceptLanguage, IReadOnlyCollection<string> available)
    {
        if (string.IsNullOrWhiteSpace(acceptLanguage) || acceptLanguage.Length > 1_000)
            return null;
        return acceptLanguage.Split(',')
            .Select(Wish)
            .Where(wish => wish.Weight > 0)
            .OrderByDescending(wish => wish.Weight)
            .Select(wish => Best(wish.Tag, available))
            .FirstOrDefault(found => found is not null);
    }

    static (string Tag, double Weight) Wish(string item)
    {
        var parts = item.Split(';', StringSplitOptions.TrimEntries);
        var weight = parts.Skip(1).FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        if (weight is null)
            return (parts[0], 1);
        return (parts[0], double.TryParse(weight.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? q : 0);
    }

    static string Primary(string tag) => tag.IndexOf('-') is var at and >= 0 ? tag[..at] : tag;
}
