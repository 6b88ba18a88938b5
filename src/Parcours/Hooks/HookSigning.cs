using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parcours.Channels.Webhooks;
using Parcours.Security;

namespace Parcours.Hooks;

/// <summary>Whether a delivery was signed by who knows the secret.</summary>
static class HookSigning
{
    /// <summary>As Standard Webhooks recommends: older ones may be somebody's recording.</summary>
    static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    public static bool Holds(HookSignature signature, string secret, IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (signature.Kind == HookSignatureKind.Hmac)
            return Hmac(headers[signature.Header ?? ""].ToString(), HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        var (id, at) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        if (id.Length is 0 or > 200 || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Around.TotalSeconds)
            return false;
        var expected = StandardWebhooks.Sign(secret, id, seconds, body);
        // While a secret is changed there are several.
        foreach (var given in headers["webhook-signature"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (Secrets.Same(given, expected))
                return true;
        return false;
    }

    static bool Hmac(string given, byte[] expected)
    {
        if (given.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase))
            given = given[7..];
        return Secrets.Same(given.ToLowerInvariant(), Convert.ToHexStringLower(expected)) || Secrets.Same(given, Convert.ToBase64String(expected));
    }
}
