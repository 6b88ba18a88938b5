using System.Text.Json.Serialization;
using Parcours.Security;

namespace Parcours.Cli;

/// <summary>What a command wants of a data folder: carried out by <c>serve</c> where it runs, else by the command itself.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "order")]
[JsonDerivedType(typeof(AddKey), "key add")]
[JsonDerivedType(typeof(ListKeys), "key list")]
[JsonDerivedType(typeof(RevokeKey), "key revoke")]
[JsonDerivedType(typeof(AddUser), "user add")]
[JsonDerivedType(typeof(ListUsers), "user list")]
[JsonDerivedType(typeof(ListTeams), "team list")]
[JsonDerivedType(typeof(SetTeam), "team set")]
[JsonDerivedType(typeof(RemoveTeam), "team remove")]
[JsonDerivedType(typeof(AddLinkKey), "link-key add")]
[JsonDerivedType(typeof(ListLinkKeys), "link-key list")]
[JsonDerivedType(typeof(RevokeLinkKey), "link-key revoke")]
[JsonDerivedType(typeof(ShowSending), "sending status")]
[JsonDerivedType(typeof(HoldSending), "sending hold")]
[JsonDerivedType(typeof(ReleaseSending), "sending release")]
abstract record LocalOrder
{
    LocalOrder() { }

    public sealed record AddKey(string Name, KeyScope Scope) : LocalOrder;
    public sealed record ListKeys : LocalOrder;
    public sealed record RevokeKey(string Id) : LocalOrder;
    public sealed record AddUser(string Email, string Password, UserRole Role) : LocalOrder;
    public sealed record ListUsers : LocalOrder;
    public sealed record ListTeams : LocalOrder;
    public sealed record SetTeam(string Name, IReadOnlyList<string> Members) : LocalOrder;
    public sealed record RemoveTeam(string Name) : LocalOrder;
    public sealed record AddLinkKey : LocalOrder;
    public sealed record ListLinkKeys : LocalOrder;
    public sealed record RevokeLinkKey(int Number) : LocalOrder;
    public sealed record ShowSending : LocalOrder;
    public sealed record HoldSending : LocalOrder;
    public sealed record ReleaseSending(bool Discard) : LocalOrder;
}

/// <summary>What came of an order.</summary>
/// <param name="Lines">For standard output.</param>
/// <param name="Refusal">Why nothing was done; null: it was.</param>
sealed record LocalAnswer(IReadOnlyList<string> Lines, string? Refusal = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LocalOrder))]
[JsonSerializable(typeof(LocalAnswer))]
[JsonSerializable(typeof(LocalAddress))]
sealed partial class LocalJson : JsonSerializerContext;
