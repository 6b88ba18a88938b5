using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Hooks;

/// <summary>An incoming webhook: an address of its own, and what a body that comes there means.</summary>
/// <param name="Mapping">What of a body becomes what.</param>
/// <param name="Signature">Null: whoever knows the address may send.</param>
/// <param name="TokenHash">Of the secret in the address, which is shown once.</param>
/// <param name="Tail">The end of that secret, by which people tell addresses apart.</param>
sealed record Hook(string? Title, HookMapping Mapping, HookSignature? Signature, string TokenHash, string Tail);

/// <summary>What of a body becomes what: JSON pointers, or paths with dots.</summary>
/// <param name="Event">The event's name; where <paramref name="EventFrom"/> finds one, that instead.</param>
/// <param name="Identities">By kind (userId, email, phone, anonymousId) where it stands.</param>
/// <param name="Data">By name, the event's properties, which are the data of journeys that it starts; empty: the whole body.</param>
/// <param name="Properties">By name, the contact's properties.</param>
/// <param name="MessageId">What makes a delivery one: the same again within 7 days changes nothing.</param>
/// <param name="Timestamp">When it happened; else when it came.</param>
sealed record HookMapping(
    string? Event, string? EventFrom, IReadOnlyDictionary<string, string> Identities, IReadOnlyDictionary<string, string>? Data, IReadOnlyDictionary<string, string>? Properties, string? MessageId, string? Timestamp);

/// <summary>By what a sender proves itself.</summary>
/// <param name="Secret">The name of a stored secret.</param>
/// <param name="Header">For <see cref="HookSignatureKind.Hmac"/>, where the signature stands.</param>
sealed record HookSignature(HookSignatureKind Kind, string Secret, string? Header);

/// <summary>How a delivery is signed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HookSignatureKind>))]
enum HookSignatureKind
{
    /// <summary>Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature.</summary>
    Standard,
    /// <summary>HMAC-SHA256 of the body in one header, as hexadecimal digits or base 64, with or without <c>sha256=</c> before it.</summary>
    Hmac,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Hook))]
sealed partial class HookJson : JsonSerializerContext;
