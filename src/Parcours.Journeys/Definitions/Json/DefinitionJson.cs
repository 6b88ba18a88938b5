using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Definitions.Json;

/// <summary>How every definition is read and written: camel case, absent instead of null, unknown fields and missing ones refused by name.</summary>
public static class DefinitionJson
{
    /// <summary>Conditions nest 50 deep, each level being an object in an array, inside a point inside a document.</summary>
    public const int MaxDepth = 256;

    /// <summary>Options over a source-generated context, e.g. <c>DefinitionJson.With(ConditionJson.Default)</c>.</summary>
    public static JsonSerializerOptions With(IJsonTypeInfoResolver types, bool indented = false)
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = types,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowOutOfOrderMetadataProperties = true,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = MaxDepth,
            WriteIndented = indented,
            // Readable in a diff: é stays é. Definitions are never written into HTML or a URL.
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new InstantConverter(), new LocalDateConverter(), new LocalTimeConverter(), new DurationConverter(), new ValueConverter(),
                new CamelCaseEnumConverter<ReEntry>(), new CamelCaseEnumConverter<MessagePurpose>(), new CamelCaseEnumConverter<EndOutcome>(), new CamelCaseEnumConverter<IsoDayOfWeek>(),
                new CamelCaseEnumConverter<OutsideWindow>(), new CamelCaseEnumConverter<WhenCapped>(), new CamelCaseEnumConverter<Outcome>(), new CamelCaseEnumConverter<SubOutcome>(), new CamelCaseEnumConverter<RatePeriod>(), new CamelCaseEnumConverter<EntryWhilePaused>(),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}
