using System.Security.Cryptography;

namespace Parcours.Security;

/// <summary>Sets up, asks for and takes away the second factor of users.</summary>
public sealed class TwoFactor(Users users, SealingKeys sealing, TimeProvider time)
{
    const string Issuer = "Parcours";
    const int RecoveryCodes = 10;
    // Without letters that are mistaken for digits or for each other.
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    const int GroupLength = 5;

    /// <summary>A new secret, which asks for nothing until it is confirmed; null: one is in force.</summary>
    public async Task<(string Secret, string Uri)?> BeginAsync(User user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var secret = Totp.NewSecret();
        return await users.ChangeAsync(user.Id, held => held.SecondFactor is { Confirmed: true } ? null : held with { SecondFactor = new(sealing.Seal(secret, PlaceOf(held.Id)), false, 0, []) }, cancellationToken) is null
            ? null
            : (secret, Totp.UriOf(secret, user.Email, Issuer));
    }

    /// <summary>Puts what was begun in force, once the app has shown that it knows the secret.</summary>
    /// <returns>The recovery codes, which are shown now and never again; null: a wrong code, or nothing was begun.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(User user, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var codes = NewCodes();
        return await users.ChangeAsync(
            user.Id,
            held => held.SecondFactor is { Confirmed: false } begun && Match(held, begun, code) is { } step
                ? held with { SecondFactor = begun with { Confirmed = true, LastStep = step, RecoveryHashes = Hashes(codes) } }
                : null,
            cancellationToken) is null ? null : codes;
    }

    /// <summary>Uses a code of the app up. Null: it is wrong, or was used.</summary>
    public Task<User?> TryCodeAsync(string userId, string code, CancellationToken cancellationToken) => users.ChangeAsync(
        userId,
        held => held.SecondFactor is { Confirmed: true } factor && Match(held, factor, code) is { } step ? held with { SecondFactor = factor with { LastStep = step } } : null,
        cancellationToken);

    /// <summary>Uses a recovery code up. Null: it is wrong, or was used.</summary>
    public Task<User?> TryRecoveryCodeAsync(string userId, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var hash = Secrets.Hash(Plain(code));
        return users.ChangeAsync(
            userId,
            held => held.SecondFactor is { Confirmed: true } factor && factor.RecoveryHashes.Contains(hash) ? held with { SecondFactor = factor with { RecoveryHashes = [.. factor.RecoveryHashes.Where(kept => kept != hash)] } } : null,
            cancellationToken);
    }

    /// <summary>New recovery codes in the place of all earlier ones.</summary>
    public async Task<IReadOnlyList<string>?> RenewRecoveryCodesAsync(string userId, CancellationToken cancellationToken)
    {
        var codes = NewCodes();
        return await users.ChangeAsync(
            userId, held => held.SecondFactor is { Confirmed: true } factor ? held with { SecondFactor = factor with { RecoveryHashes = Hashes(codes) } } : null, cancellationToken) is null ? null : codes;
    }

    public Task<User?> RemoveAsync(string userId, CancellationToken cancellationToken) => users.ChangeAsync(userId, held => held with { SecondFactor = null }, cancellationToken);

    /// <summary>A secret whose key is not here matches nothing; recovery codes still do.</summary>
    long? Match(User held, SecondFactor factor, string code) => sealing.Open(factor.Secret, PlaceOf(held.Id)) is { } secret ? Totp.Match(secret, code, time.GetUtcNow(), factor.LastStep) : null;

    internal static string PlaceOf(string userId) => $"{Users.Kind}/{userId}";

    // Ten letters of 31 are 49 bits: beyond guessing where five tries lock for a quarter of an hour.
    static string[] NewCodes() => [.. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength) + "-" + RandomNumberGenerator.GetString(Letters, GroupLength))];

    static string[] Hashes(IEnumerable<string> codes) => [.. codes.Select(code => Secrets.Hash(Plain(code)))];

    static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
