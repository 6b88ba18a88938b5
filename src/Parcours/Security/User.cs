using System.Text.Json.Serialization;
using Parcours.Notices;

namespace Parcours.Security;

/// <summary>What a user may do. For now there is one role.</summary>
public enum UserRole
{
    Admin = 0,
}

/// <summary>How the application looks for a user.</summary>
public enum UserTheme
{
    /// <summary>As the browser says.</summary>
    Auto = 0,
    Light = 1,
    Dark = 2,
}

/// <summary>A person who signs in.</summary>
/// <param name="PasswordHash">As ASP.NET Core Identity writes it (PBKDF2); null: signs in by a one-time link only.</param>
/// <param name="Stamp">Changes with the password: sessions opened before it end.</param>
public sealed record User(string Email, UserRole Role, string? PasswordHash, string Stamp, DateTimeOffset CreatedAt)
{
    [JsonIgnore]
    public string Id { get; init; } = "";

    /// <summary>As colleagues see it; null: the address is shown.</summary>
    public string? Name { get; init; }

    /// <summary>A language tag; null: as the browser asks.</summary>
    public string? Language { get; init; }

    public UserTheme Theme { get; init; }

    /// <summary>Null: nothing comes by mail.</summary>
    public MailWishes? Mail { get; init; }

    /// <summary>Null: the password alone signs in.</summary>
    public SecondFactor? SecondFactor { get; init; }
}

/// <summary>The second factor of a user: an authenticator app, and codes for the day when it is lost.</summary>
/// <param name="Secret">In base 32, as the app was given it, sealed with the installation's key. It must be readable here to be compared.</param>
/// <param name="Confirmed">False: begun, and asks for nothing until the app has shown a right code.</param>
/// <param name="LastStep">The newest time step whose code was used: no code works twice (RFC 6238, 5.2).</param>
/// <param name="RecoveryHashes">Of the recovery codes that are left.</param>
public sealed record SecondFactor(string Secret, bool Confirmed, long LastStep, IReadOnlyList<string> RecoveryHashes);

/// <summary>Leads from an e-mail address to its user, and keeps addresses unique.</summary>
public sealed record UserAddress(string User);

/// <summary>What became of an order about users.</summary>
public abstract record UserAnswer
{
    UserAnswer() { }

    public sealed record Done(User User) : UserAnswer;
    /// <param name="Code">Stable: <c>email.invalid</c>, <c>email.taken</c>, <c>password.short</c>, <c>password.long</c>, <c>set-up.over</c>, <c>user.gone</c>, <c>user.last</c>.</param>
    public sealed record Refused(string Code, string Text) : UserAnswer;
}
