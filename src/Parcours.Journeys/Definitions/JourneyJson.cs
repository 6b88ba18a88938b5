using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Definitions;

/// <summary>Reads and writes definitions, without loss.</summary>
/// <remarks>To read what a person wrote use <see cref="JourneyCheck"/>, which tells every problem; this stops at the first.</remarks>
public static class JourneyJson
{
    internal static readonly JsonSerializerOptions Indented = DefinitionJson.With(DefinitionContext.Default, indented: true);
    internal static readonly JsonSerializerOptions Compact = DefinitionJson.With(DefinitionContext.Default);

    static JsonTypeInfo<JourneyDefinition> Info(bool indented) => (JsonTypeInfo<JourneyDefinition>)(indented ? Indented : Compact).GetTypeInfo(typeof(JourneyDefinition));

    /// <exception cref="JsonException">It is no definition of this format.</exception>
    public static JourneyDefinition Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Info(false)) ?? throw new JsonException("A definition is an object.");

    /// <summary>UTF-8; fields in the order of the schema, points in the author's.</summary>
    public static byte[] Write(JourneyDefinition definition, bool indented = false) => JsonSerializer.SerializeToUtf8Bytes(definition, Info(indented));
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(InstantConverter), typeof(LocalDateConverter), typeof(LocalTimeConverter), typeof(DurationConverter), typeof(ValueConverter)])]
[JsonSerializable(typeof(JourneyDefinition))]
[JsonSerializable(typeof(SegmentDefinition))]
sealed partial class DefinitionContext : JsonSerializerContext;
