using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parcours.Security;

/// <summary>Random secrets that are shown once and kept as hashes only.</summary>
/// <remarks>256 random bits need no slow hash and no salt: nobody can try them out. What is looked up is the hash, so the time that a look-up takes tells nothing of the secret.</remarks>
public static class Secrets
{
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
