using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A starting point that hears of the beginning of something that then lasts: membership, a tag, a value. So there may be those of whom it is true when the journey goes live.</summary>
public abstract record StateStart : StartingPoint
{
    [Description("Whether those of whom it is true already when the journey goes live come in too, once.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CurrentToo { get; init; }

    /// <summary>What has begun.</summary>
    protected abstract Condition State { get; }

    protected sealed override Condition? TakesCurrent => CurrentToo ? State : null;
}
