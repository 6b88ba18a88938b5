using System.Security.Cryptography;
using System.Text;
using Parcours.Configuration;

namespace Parcours.Security;

/// <summary>The installation's keys for secrets that lie in the database and must be readable here to be used: AES-256-GCM, each bound to its place (docs/decisions/0022).</summary>
/// <remarks>The keys lie outside of the database, or whoever reads it would read them with it. The first seals, all open: so a key is changed by putting a new line before it.</remarks>
public sealed class SealingKeys
{
    /// <summary>The file in the data folder.</summary>
    public const string FileName = "secrets.key";

    /// <summary>What is sealed begins with this.</summary>
    public const string Prefix = "sealed:1:";

    const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16, NumberLength = 8;
    readonly (string Number, byte[] Key)[] _keys;

    public SealingKeys(IEnumerable<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = [.. keys.Select(key => key.Length == KeyBytes ? (Convert.ToHexStringLower(SHA256.HashData(key))[..NumberLength], key) : throw new ArgumentException($"A key has {KeyBytes} bytes.", nameof(keys)))];
    }

    /// <summary>There is no key: secrets lie as they are, which is how PostgreSQL begins.</summary>
    public static SealingKeys None { get; } = new([]);

    /// <summary>Whether secrets are sealed at all.</summary>
    public bool Seals => _keys.Length > 0;

    /// <param name="place">Kind and id of the document: what was sealed for one place cannot be put into another.</param>
    /// <returns>The text itself when there is no key.</returns>
    public string Seal(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Seals)
            return text;
        var (number, key) = _keys[0];
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using (var aes = new AesGcm(key, TagBytes))
            aes.Encrypt(sealedBytes.AsSpan(0, NonceBytes), plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(place));
        return $"{Prefix}{number}:{Convert.ToBase64String(sealedBytes)}";
    }

    /// <returns>What was sealed, or the text itself where it is not sealed; null: its key is not here, or it was sealed for another place.</returns>
    public string? Open(string stored, string place)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!IsSealed(stored))
            return stored;
        var rest = stored[Prefix.Length..];
        var key = Array.Find(_keys, held => rest.StartsWith(held.Number + ":", StringComparison.Ordinal)).Key;
        var bytes = new byte[rest.Length];
        if (key is null || !Convert.TryFromBase64String(rest[(NumberLength + 1)..], bytes, out var length) || length < NonceBytes + TagBytes)
            return null;
        var plain = new byte[length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length, TagBytes), plain, Encoding.UTF8.GetBytes(place));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public static bool IsSealed(string stored) => stored.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether it lies as it would be written now.</summary>
    public bool IsCurrent(string stored) => !Seals || stored.StartsWith($"{Prefix}{_keys[0].Number}:", StringComparison.Ordinal);

    /// <summary>The keys of this installation. In a data folder they are made at the first start; the nodes of a PostgreSQL database are told the same file, or seal nothing.</summary>
    /// <param name="said">The file that a setting names; null: none.</param>
    /// <exception cref="SettingException">The file cannot be read, or holds something else.</exception>
    public static SealingKeys Of(string? said, string dataFolder, bool ownFolder)
    {
        var file = said ?? (ownFolder ? Path.Combine(dataFolder, FileName) : null);
        if (file is null)
            return None;
        if (said is null && !File.Exists(file))
            Make(file);
        try
        {
            var lines = File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
            var keys = lines.Select(line => Convert.FromBase64String(line)).ToList();
            return keys.Count > 0 && keys.TrueForAll(key => key.Length == KeyBytes) ? new(keys) : throw Unfit(file, null);
        }
        catch (FormatException wrong)
        {
            throw Unfit(file, wrong);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{Setting.SecretsKeyFile.Option}: {file} cannot be read: {failure.Message} A key is made by: openssl rand -base64 32", failure);
        }
    }

    static SettingException Unfit(string file, Exception? cause) =>
        new($"{Setting.SecretsKeyFile.Option}: {file} holds no keys of {KeyBytes} bytes in base 64, one a line. A key is made by: openssl rand -base64 32", cause);

    static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var half = file + ".new";
        File.Delete(half);
        using (var stream = new FileStream(half, options))
        {
            stream.Write(Encoding.ASCII.GetBytes("# Seals the secrets in the database. Keep a copy apart from the backups: without it they are lost.\n" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            // Nothing is sealed by a key that a loss of power could take.
            stream.Flush(flushToDisk: true);
        }

        File.Move(half, file, overwrite: false);
    }
}
