using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parcours.Engine.Allocators;

/// <summary>Makes the codes of a pattern: <c>#</c> is a digit, <c>?</c> a letter, <c>*</c> either; the rest stands as it is.</summary>
/// <remarks>
/// The n-th code is a keyed permutation of n over all codes that the pattern has: so no two are alike without a look at those that were given, and who knows one cannot tell the next.
/// Letters and digits that look alike (I, O; beside letters 0 and 1) are left out.
/// </remarks>
public sealed class CouponPattern
{
    const string Digits = "0123456789", Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ", Either = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The longest pattern; places that vary are at most twelve.</summary>
    public const int LengthMax = 40, PlacesMax = 12;

    /// <summary>Fewer codes could be tried out.</summary>
    public const long CodesLeast = 1_000_000;

    readonly string _pattern;
    readonly int _half;

    CouponPattern(string pattern, long codes)
    {
        (_pattern, Codes) = (pattern, codes);
        while (1L << (2 * _half) < codes)
            _half++;
    }

    /// <summary>How many codes it has.</summary>
    public long Codes { get; }

    /// <summary>Null: it is too long, has characters that no code should have, or too few places that vary.</summary>
    public static CouponPattern? Parse(string pattern)
    {
        if (pattern.Length is 0 or > LengthMax || pattern.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or '#' or '?' or '*')))
            return null;
        var (codes, places) = (1L, 0);
        foreach (var alphabet in pattern.Select(AlphabetOf))
            if (alphabet is not null && ++places <= PlacesMax)
                codes *= alphabet.Length;
        return places <= PlacesMax && codes >= CodesLeast ? new(pattern, codes) : null;
    }

    static string? AlphabetOf(char place) => place switch
    {
        '#' => Digits,
        '?' => Letters,
        '*' => Either,
        _ => null,
    };

    /// <param name="number">From 1; beyond <see cref="Codes"/> there is none.</param>
    public string? Code(long number, string secret)
    {
        if (number < 1 || number > Codes)
            return null;
        // Of the next greater power of four: who lands beyond the codes walks on, and comes back to a place that nobody else has.
        var place = number - 1;
        do
            place = Permute(place, secret);
        while (place >= Codes);
        var code = new StringBuilder(_pattern.Length);
        foreach (var letter in _pattern)
            if (AlphabetOf(letter) is { } alphabet)
            {
                code.Append(alphabet[(int)(place % alphabet.Length)]);
                place /= alphabet.Length;
            }
            else
                code.Append(letter);
        return code.ToString();
    }

    long Permute(long place, string secret)
    {
        var mask = (1L << _half) - 1;
        var (left, right) = (place >> _half, place & mask);
        for (var round = 0; round < 4; round++)
            (left, right) = (right, left ^ (Mix(right, round, secret) & mask));
        return (left << _half) | right;
    }

    static long Mix(long value, int round, string secret)
    {
        Span<byte> said = stackalloc byte[12];
        BinaryPrimitives.WriteInt64BigEndian(said, value);
        BinaryPrimitives.WriteInt32BigEndian(said[8..], round);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), said, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
