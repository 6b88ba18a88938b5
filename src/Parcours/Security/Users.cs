using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;

namespace Parcours.Security;

/// <summary>Who may sign in: documents of kind <c>user</c>, and one of kind <c>user-address</c> for each e-mail address.</summary>
public sealed class Users(IEngine engine, TimeProvider time)
{
    internal const string Kind = "user";
    const string AddressKind = DocumentKinds.UserAddress;
    public const int PasswordLengthMin = 10;
    public const int PasswordLengthMax = 256;

    readonly PasswordHasher<User> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    // Verified against when the account is unknown, so that both take as long.
    readonly Lazy<string> _nobody = new(() => new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })).HashPassword(Nobody, Secrets.New()));
    static readonly User Nobody = new("", UserRole.Admin, null, "", default);

    /// <param name="password">Null: the user signs in by one-time links only.</param>
    public Task<UserAnswer> AddAsync(string email, string? password, UserRole role, CancellationToken cancellationToken) => AddAsync(email, password, role, onlyFirst: false, cancellationToken);

    /// <summary>The first administrator; refused when there is a user: of two who set up at once, one becomes it.</summary>
    public Task<UserAnswer> AddFirstAsync(string email, string password, CancellationToken cancellationToken) => AddAsync(email, password, UserRole.Admin, onlyFirst: true, cancellationToken);

    async Task<UserAnswer> AddAsync(string email, string? password, UserRole role, bool onlyFirst, CancellationToken cancellationToken)
    {
        var address = Normalise(email);
        if (address is null)
            return new UserAnswer.Refused("email.invalid", "This is no e-mail address.");
        if (password is not null && Judge(password) is { } refusal)
            return refusal;

        var user = Hashed(new User(address, role, null, Secrets.New(), time.GetUtcNow()) { Id = Guid.CreateVersion7(time.GetUtcNow()).ToString() }, password);
        return await engine.WriteAsync<UserAnswer>(async (unit, now) =>
        {
            var leads = JsonSerializer.SerializeToUtf8Bytes(new UserAddress(user.Id), SecurityJson.Default.UserAddress);
            if (onlyFirst && await AnyAsync(cancellationToken))
                return new UserAnswer.Refused("set-up.over", "There is an administrator already. Sign in, or ask them for access.");
            if (await unit.WriteDocumentAsync(AddressKind, address, leads, 0, now, cancellationToken) is null)
                return new UserAnswer.Refused("email.taken", "There is a user with this e-mail address already.");
            await unit.WriteDocumentAsync(Kind, user.Id, Write(user), 0, now, cancellationToken);
            return new UserAnswer.Done(user);
        }, cancellationToken);
    }

    /// <summary>The user whose password this is; null: unknown, no password, or a wrong one. Takes as long for all three.</summary>
    public async Task<User?> VerifyAsync(string email, string password, CancellationToken cancellationToken)
    {
        var user = await ByEmailAsync(email, cancellationToken);
        var result = _hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? _nobody.Value, password.Length > PasswordLengthMax ? "" : password);
        if (user?.PasswordHash is null || result == PasswordVerificationResult.Failed)
            return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var hash = _hasher.HashPassword(user, password);
            await ChangeAsync(user.Id, held => held with { PasswordHash = hash }, cancellationToken);
        }

        return user;
    }

    public async Task<UserAnswer> SetPasswordAsync(User user, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Judge(password) is { } refusal)
            return refusal;
        var (hash, stamp) = (_hasher.HashPassword(user, password), Secrets.New());
        return await ChangeAsync(user.Id, held => held with { PasswordHash = hash, Stamp = stamp }, cancellationToken) is { } changed
            ? new UserAnswer.Done(changed)
            : new UserAnswer.Refused("user.gone", "There is no such user any more.");
    }

    /// <summary>Changes a user as it is now: of two changes at once none is lost.</summary>
    /// <param name="change">Runs in the one writer's order; null: nothing is to be changed.</param>
    /// <returns>The user as it is now; null: there is none, or nothing was changed.</returns>
    public Task<User?> ChangeAsync(string id, Func<User, User?> change, CancellationToken cancellationToken) => engine.WriteAsync<User?>(async (unit, now) =>
    {
        if (await unit.ReadDocumentAsync(Kind, id, cancellationToken) is not { } document || change(Read(document)) is not { } changed)
            return null;
        await unit.WriteDocumentAsync(Kind, id, Write(changed), null, now, cancellationToken);
        return changed;
    }, cancellationToken);

    public async Task<bool> AnyAsync(CancellationToken cancellationToken) => await engine.Queries.DocumentsAsync(Kind, null, null, 1, cancellationToken) is [_];

    public async ValueTask<User?> ByIdAsync(string id, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(Kind, id, cancellationToken) is { } document ? Read(document) : null;

    public async ValueTask<User?> ByEmailAsync(string email, CancellationToken cancellationToken)
    {
        if (Normalise(email) is not { } address || await engine.Queries.DocumentAsync(AddressKind, address, cancellationToken) is not { } leads)
            return null;
        return await ByIdAsync(JsonSerializer.Deserialize(leads.Json.Span, SecurityJson.Default.UserAddress)!.User, cancellationToken);
    }

    public async Task<IReadOnlyList<User>> ListAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        [.. (await engine.Queries.DocumentsAsync(Kind, null, afterId, limit, cancellationToken)).Select(Read)];

    /// <summary>Removes a user; the last administrator stays, or nobody could let anybody in again.</summary>
    /// <returns>Null when there is no such user.</returns>
    public Task<UserAnswer?> RemoveAsync(string id, CancellationToken cancellationToken) => engine.WriteAsync<UserAnswer?>(async (unit, _) =>
    {
        if (await unit.ReadDocumentAsync(Kind, id, cancellationToken) is not { } document)
            return null;
        var user = Read(document);
        if (user.Role == UserRole.Admin && !await AnyOtherAdminAsync(id, cancellationToken))
            return new UserAnswer.Refused("user.last", "This is the last administrator. Add another one first.");
        await unit.DeleteDocumentAsync(AddressKind, user.Email, null, cancellationToken);
        await unit.DeleteDocumentAsync(Kind, id, null, cancellationToken);
        return new UserAnswer.Done(user);
    }, cancellationToken);

    async Task<bool> AnyOtherAdminAsync(string than, CancellationToken cancellationToken)
    {
        const int AtOnce = 200;
        for (string? after = null; ;)
        {
            var page = await ListAsync(after, AtOnce, cancellationToken);
            if (page.Any(user => user.Role == UserRole.Admin && user.Id != than))
                return true;
            if (page.Count < AtOnce)
                return false;
            after = page[^1].Id;
        }
    }

    User Hashed(User user, string? password) => user with { PasswordHash = password is null ? null : _hasher.HashPassword(user, password) };

    static UserAnswer.Refused? Judge(string password) => password.Length switch
    {
        < PasswordLengthMin => new("password.short", $"A password needs at least {PasswordLengthMin} characters."),
        > PasswordLengthMax => new("password.long", $"A password has at most {PasswordLengthMax} characters."),
        _ => null,
    };

    // As contacts' addresses (Semantics 4.3): trimmed, NFC, lower case, no plus or dot tricks.
    static string? Normalise(string email)
    {
        var address = email.Trim().Normalize(System.Text.NormalizationForm.FormC).ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 && address.Length <= 254 && !address.Any(char.IsWhiteSpace) && !address.Any(char.IsControl) ? address : null;
    }

    internal static byte[] Write(User user) => JsonSerializer.SerializeToUtf8Bytes(user, SecurityJson.Default.User);
    internal static User Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, SecurityJson.Default.User)! with { Id = document.Id };
}
