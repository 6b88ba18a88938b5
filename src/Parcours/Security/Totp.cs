using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Parcours.Security;

/// <summary>The codes of authenticator apps: time-based one-time passwords (RFC 6238) with SHA-1, 30 s and six digits, which every app knows.</summary>
public static class Totp
{
    public const int Digits = 6;
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    // A clock may be wrong by half a minute either way.
    const int StepsAround = 1;
    // As long as the hash, as RFC 4226 recommends.
    const int SecretBytes = 20;
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret in base 32, as people type it into an app.</summary>
    public static string NewSecret() => ToBase32(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What an app reads as a QR code.</summary>
    public static string UriOf(string secret, string account, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}";

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The time step whose code this is, after <paramref name="after"/> and near <paramref name="now"/>; null: a wrong code, or one that was used.</summary>
    public static long? Match(string secret, string code, DateTimeOffset now, long after)
    {
        ArgumentNullException.ThrowIfNull(code);
        var typed = string.Concat(code.Where(character => !char.IsWhiteSpace(character)));
        var key = FromBase32(secret);
        for (var step = StepAt(now) - StepsAround; step <= StepAt(now) + StepsAround; step++)
            if (step > after && Secrets.Same(typed, CodeOf(key, step, Digits)))
                return step;
        return null;
    }

    /// <param name="digits">6 to 8.</param>
    public static string CodeOf(ReadOnlySpan<byte> key, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's own hash, the only one that all apps take; a weakness of SHA-1 against collisions is none of HMAC.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>Base 32 of RFC 4648 without padding.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (buffer, bits) = ((buffer << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <exception cref="FormatException">The text has a character that base 32 does not know.</exception>
    public static byte[] FromBase32(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var character in text.TrimEnd('='))
        {
            var value = Alphabet.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
            if (value < 0)
                throw new FormatException("This is no base 32.");
            (buffer, bits) = ((buffer << 5) | value, bits + 5);
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
