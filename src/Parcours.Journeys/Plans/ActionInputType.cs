using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Plans;

/// <summary>What a value of an input is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ActionInputType>))]
public enum ActionInputType
{
    Text,
    Number,
    Boolean,
    /// <summary>One of some texts.</summary>
    Choice,
}
