namespace Parcours.Journeys.Definitions;

/// <summary>Where in a definition a condition stands, which decides what it can ask.</summary>
public enum ConditionPlace
{
    /// <summary>At a point, as goal or exit: the contact, the starting event's properties, this journey's messages.</summary>
    Inside = 0,
    /// <summary>Who may enter: the contact, and the event that brings it in.</summary>
    Entrance = 1,
    /// <summary>One event's properties, and nothing else.</summary>
    EventFilter = 2,
    /// <summary>A segment: the contact alone.</summary>
    Segment = 3,
}
