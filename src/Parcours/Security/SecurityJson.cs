using System.Text.Json.Serialization;

namespace Parcours.Security;

/// <summary>The stored forms of keys, users, sessions and one-time links. Fields may be added; none changes its meaning.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(UserAddress))]
[JsonSerializable(typeof(SecondFactor))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(OneTimeLink))]
[JsonSerializable(typeof(TeamMembers))]
sealed partial class SecurityJson : JsonSerializerContext;
