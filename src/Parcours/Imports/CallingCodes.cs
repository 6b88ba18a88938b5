using System.Collections.Frozen;

namespace Parcours.Imports;

/// <summary>Makes national telephone numbers international (E.164): the country's code, and what people there dial before a number within the country.</summary>
static class CallingCodes
{
    /// <summary>Country, code, the prefix that falls away; where there is no prefix, a leading zero belongs to the number (Italy).</summary>
    const string Table =
        "AD 376, AE 971 0, AL 355 0, AR 54 0, AT 43 0, AU 61 0, BA 387 0, BE 32 0, BG 359 0, BR 55 0, CA 1 1, CH 41 0, CL 56, CN 86 0, CO 57 0, CY 357, CZ 420, DE 49 0, DK 45, DZ 213 0, "
        + "EE 372, EG 20 0, ES 34, FI 358 0, FR 33 0, GB 44 0, GR 30, HK 852, HR 385 0, HU 36 06, IE 353 0, IL 972 0, IN 91 0, IS 354, IT 39, JP 81 0, KR 82 0, LI 423 0, LT 370 0, LU 352, LV 371, "
        + "MA 212 0, MC 377 0, MD 373 0, ME 382 0, MK 389 0, MT 356, MX 52, MY 60 0, NG 234 0, NL 31 0, NO 47, NZ 64 0, PL 48, PT 351, RO 40 0, RS 381 0, RU 7 8, SE 46 0, SG 65, SI 386 0, SK 421 0, "
        + "SM 378, TH 66 0, TN 216, TR 90 0, TW 886 0, UA 380 0, US 1 1, VA 39, ZA 27 0";

    static readonly FrozenDictionary<string, (string Code, string Prefix)> Countries = Table.Split(", ").Select(row => row.Split(' '))
        .ToFrozenDictionary(row => row[0], row => (row[1], row.Length > 2 ? row[2] : ""), StringComparer.OrdinalIgnoreCase);

    public static string Names { get; } = string.Join(", ", Countries.Keys.Order(StringComparer.Ordinal));

    public static bool Knows(string country) => Countries.ContainsKey(country);

    /// <summary>The number with its country's code; as it was where it has one already, or is no number.</summary>
    public static string International(string number, string country)
    {
        if (number.StartsWith('+') || number.StartsWith("00", StringComparison.Ordinal) || number.Length == 0 || !number.All(character => char.IsAsciiDigit(character) || " .-()/\u00A0\u202F".Contains(character)))
            return number;
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        var (code, prefix) = Countries[country];
        if (prefix.Length > 0 && digits.StartsWith(prefix, StringComparison.Ordinal))
            digits = digits[prefix.Length..];
        return $"+{code}{digits}";
    }
}
