using System.Globalization;

namespace Parcours.Channels.Content;

/// <summary>Numbers and amounts of money in templates, by the contact's language.</summary>
static class TemplateNumbers
{
    public static string Write(decimal number, CultureInfo culture) => number.ToString(culture);

    /// <summary>Whether a format is N, F or P with 0 to 9 decimals.</summary>
    public static bool IsFormat(string format) =>
        format.Length is 1 or 2 && format[0] is 'N' or 'F' or 'P' && (format.Length == 1 || char.IsAsciiDigit(format[1]));

    public static string Write(decimal number, string format, CultureInfo culture) =>
        IsFormat(format)
            ? number.ToString(format, culture)
            : throw new RenderException(RenderFailure.Value, null, $"‘{format}’ is no form of a number: write N, F or P and how many decimals, such as N2.");

    public static bool IsCurrency(string code) => code.Length == 3 && code.All(char.IsAsciiLetterUpper);

    /// <summary>An amount with its currency where the language puts it, with as many decimals as the currency has (ISO 4217).</summary>
    public static string WriteMoney(decimal amount, string currency, CultureInfo culture)
    {
        if (!IsCurrency(currency))
            throw new RenderException(RenderFailure.Value, null, $"‘{currency}’ is no currency: write its three capital letters, such as EUR.");

        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.CurrencySymbol = Symbol(currency);
        format.CurrencyDecimalDigits = Decimals(currency);
        if (format.CurrencySymbol.Length == 3)
        {
            // Letters need a space that a symbol does not: CHF 12.00, not CHF12.00.
            format.CurrencyPositivePattern |= 2;
        }

        // The sign goes before all else: cultures put an amount owed in brackets, which reads like a remark in a mail.
        var sign = amount < 0 ? format.NegativeSign : "";
        return sign + Math.Abs(amount).ToString("C", format);
    }

    static string Symbol(string currency) => currency switch
    {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        "INR" => "₹",
        "KRW" => "₩",
        "ILS" => "₪",
        "UAH" => "₴",
        "TRY" => "₺",
        _ => currency,
    };

    static int Decimals(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };
}
