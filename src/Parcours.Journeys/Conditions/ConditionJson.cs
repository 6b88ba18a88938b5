using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Conditions;

/// <summary>The metadata by which conditions are read and written; hand it to <see cref="DefinitionJson.With"/> or combine it with another context.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(InstantConverter), typeof(LocalDateConverter), typeof(LocalTimeConverter), typeof(DurationConverter), typeof(ValueConverter), typeof(CamelCaseEnumConverter<NodaTime.IsoDayOfWeek>)])]
[JsonSerializable(typeof(Condition))]
public sealed partial class ConditionJson : JsonSerializerContext;

public abstract partial record Condition
{
    // A class of its own, so that it is made after the generated context.
    static class Json
    {
        internal static readonly JsonSerializerOptions Compact = DefinitionJson.With(ConditionJson.Default);
    }

    /// <summary>Reads one condition.</summary>
    /// <exception cref="JsonException">It is no JSON, or names a kind, field or choice that there is not; its <c>Path</c> says where.</exception>
    public static Condition FromJson(string json) =>
        (Condition?)JsonSerializer.Deserialize(json, Json.Compact.GetTypeInfo(typeof(Condition))) ?? throw new JsonException("A condition is missing here.");

    /// <summary>The compact JSON form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json.Compact.GetTypeInfo(typeof(Condition)));
}
