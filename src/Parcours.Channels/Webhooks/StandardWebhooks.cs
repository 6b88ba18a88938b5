using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parcours.Channels.Webhooks;

/// <summary>Signatures as <see href="https://www.standardwebhooks.com/">Standard Webhooks</see> has them: HMAC-SHA256 over id, time and body.</summary>
public static class StandardWebhooks
{
    const string Prefix = "whsec_";
    const int KeyBytes = 32;

    /// <summary>A fresh secret, as receivers are given it.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <param name="secret">With its prefix it is base 64; any other text is the key as it stands.</param>
    /// <returns>What the header <c>webhook-signature</c> says.</returns>
    public static string Sign(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var said = new byte[head.Length + body.Length];
        head.CopyTo(said, 0);
        body.CopyTo(said.AsSpan(head.Length));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), said));
    }

    static byte[] KeyOf(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : null;
        var key = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, key, out var length) ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }
}
