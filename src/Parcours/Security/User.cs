using System.Text.Json.Serialization;

namespace Parcours.Security;

/// <summary>What a user may do. For now there is one role.</summary>
public enum UserRole
{
    Admin = 0,
}

/// <summary>A person who signs in.</summary>
/// <param name="PasswordHash">As ASP.NET Core Identity writes it (PBKDF2); null: signs in by a one-time link only.</param>
/// <param name="Stamp">Changes with the password: sessions opened before it end.</param>
public sealed record User(string Email, UserRole Role, string? PasswordHash, string Stamp, DateTimeOffset CreatedAt)
{
    [JsonIgnore]
    public string Id { get; init; } = "";
}

/// <summary>Leads from an e-mail address to its user, and keeps addresses unique.</summary>
public sealed record UserAddress(string User);

/// <summary>What became of an order about users.</summary>
public abstract record UserAnswer
{
    UserAnswer() { }

    public sealed record Done(User User) : UserAnswer;
    /// <param name="Code">Stable: <c>email.invalid</c>, <c>email.taken</c>, <c>password.short</c>, <c>password.long</c>.</param>
    public sealed record Refused(string Code, string Text) : UserAnswer;
}
