namespace Parcours.Api;

/// <summary>Reads codes as people paste them: one a line, or the first column of a CSV with or without a head.</summary>
static class CouponCodes
{
    public const int LengthMax = 100;

    static readonly HashSet<string> Heads = new(["code", "codes", "coupon", "coupons", "coupon code", "promo code", "voucher"], StringComparer.OrdinalIgnoreCase);

    /// <returns>The codes in their order, and the lines that hold none.</returns>
    public static (List<string> Codes, List<string> Wrong) Read(string text)
    {
        var (codes, wrong) = (new List<string>(), new List<string>());
        var isFirst = true;
        foreach (var line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            var code = First(line.Trim());
            if (code.Length == 0 || (isFirst && Heads.Contains(code)))
            {
                isFirst &= code.Length == 0;
                continue;
            }

            isFirst = false;
            (code.Length <= LengthMax && !code.Any(static letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) ? codes : wrong).Add(code.Length <= LengthMax ? code : code[..LengthMax]);
        }

        return (codes, wrong);
    }

    static string First(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny(',', ';', '\t');
        return (end < 0 ? line : line[..end]).Trim().Trim('"').Trim().ToString();
    }
}
