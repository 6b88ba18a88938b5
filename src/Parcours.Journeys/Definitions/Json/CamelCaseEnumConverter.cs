using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parcours.Journeys.Definitions.Json;

/// <summary>Choices by name, in camel case; never by number.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
