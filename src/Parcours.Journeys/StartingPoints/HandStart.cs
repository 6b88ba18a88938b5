using System.ComponentModel;

namespace Parcours.Journeys.StartingPoints;

/// <summary>A person or a program enters the contact. Also journeys without it can be entered so: then at the first starting point's target.</summary>
[Description("A person, or a program over the API, enters the contact: here.")]
public sealed record HandStart : StartingPoint
{
    protected internal override bool ByHand => true;
}
