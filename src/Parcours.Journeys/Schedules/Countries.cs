using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Schedules;

/// <summary>In which country a contact lives, and which time it is there.</summary>
public static class Countries
{
    /// <summary>The contact properties that may hold a country, as sites, shops and imports send it; the first that names one counts.</summary>
    public static IReadOnlyList<string> ContactProperties { get; } = ["country", "countryCode", "country_code"];

    static readonly IReadOnlyList<TzdbZoneLocation> Locations = [.. TzdbDateTimeZoneSource.Default.ZoneLocations ?? []];

    /// <summary>Where most people of a country with several zones live; of all others the database names the zone itself.</summary>
    static readonly FrozenDictionary<string, string> MainZones = new Dictionary<string, string>
    {
        ["AU"] = "Australia/Sydney",
        ["BR"] = "America/Sao_Paulo",
        ["CA"] = "America/Toronto",
        ["CL"] = "America/Santiago",
        ["CN"] = "Asia/Shanghai",
        ["CY"] = "Asia/Nicosia",
        ["DE"] = "Europe/Berlin",
        ["ES"] = "Europe/Madrid",
        ["ID"] = "Asia/Jakarta",
        ["KZ"] = "Asia/Almaty",
        ["MX"] = "America/Mexico_City",
        ["NZ"] = "Pacific/Auckland",
        ["PT"] = "Europe/Lisbon",
        ["RU"] = "Europe/Moscow",
        ["UA"] = "Europe/Kyiv",
        ["US"] = "America/New_York",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names beside those of the time-zone database, in the languages of the application and the country's own.</summary>
    static readonly FrozenDictionary<string, string> Names = Named(
        ("AT", "Österreich|Autriche"), ("BE", "Belgique|België|Belgien|Belgio"), ("CH", "Schweiz|Suisse|Svizzera"), ("CZ", "Czechia|Česko|Tchéquie|République tchèque|Cechia|Repubblica Ceca"),
        ("DE", "Deutschland|Allemagne|Germania"), ("DK", "Danmark|Danemark|Danimarca"), ("ES", "España|Espagne|Spagna"), ("FI", "Suomi|Finlande|Finlandia"), ("FR", "Francia|Frankreich"),
        ("GB", "UK|United Kingdom|Great Britain|Britain|England|Scotland|Wales|Royaume-Uni|Regno Unito|Gran Bretagna"), ("GR", "Ελλάδα|Grèce|Grecia"), ("IE", "Éire|EIRE|Irlande|Irlanda"), ("IT", "Italia|Italie|Italien"),
        ("LU", "Lëtzebuerg|Luxemburg|Lussemburgo"), ("NL", "The Netherlands|Nederland|Holland|Pays-Bas|Paesi Bassi"), ("NO", "Norge|Norvège|Norvegia"), ("PL", "Polska|Pologne|Polonia"), ("PT", "Portogallo"),
        ("SE", "Sverige|Suède|Svezia"), ("US", "USA|United States of America|États-Unis|Stati Uniti"));

    static FrozenDictionary<string, string> Named(params (string Code, string Names)[] more)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in Locations)
        {
            names[place.CountryCode] = place.CountryCode;
            names[place.CountryName] = place.CountryCode;
        }

        foreach (var (code, others) in more)
            foreach (var name in others.Split('|'))
                names[name] = code;
        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    static readonly FrozenDictionary<string, string> OfZones =
        Locations.DistinctBy(place => place.ZoneId).ToFrozenDictionary(place => place.ZoneId, place => place.CountryCode, StringComparer.Ordinal);

    static readonly FrozenDictionary<string, DateTimeZone> Zones = Locations.GroupBy(place => place.CountryCode).ToFrozenDictionary(
        country => country.Key, country => DateTimeZoneProviders.Tzdb[MainZones.GetValueOrDefault(country.Key) ?? country.First().ZoneId], StringComparer.Ordinal);

    /// <summary>Of a two-letter code of ISO 3166-1 in either case, or a name; null: none that is known.</summary>
    public static string? CodeOf(string? text) => text is not null && Names.TryGetValue(text.Trim(), out var code) ? code : null;

    /// <summary>The country's zone, of several that of most of its people; null: the country is unknown.</summary>
    public static DateTimeZone? ZoneOf(string? code) => code is not null ? Zones.GetValueOrDefault(code) : null;

    /// <summary>What the contact says itself; null: nothing that is known.</summary>
    public static string? Said(Contact contact)
    {
        foreach (var property in ContactProperties)
            if (contact.Property(property) is { Kind: ValueKind.Text } held && CodeOf(held.AsText) is { } code)
                return code;
        return null;
    }

    /// <summary>What the contact says, else the country of its own time zone; null: unknown.</summary>
    public static string? Of(Contact contact) => Said(contact) ?? (ZoneChoice.Own(contact) is { } zone ? OfZones.GetValueOrDefault(zone.Id) : null);
}
