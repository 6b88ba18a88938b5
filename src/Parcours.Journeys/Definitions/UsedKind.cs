namespace Parcours.Journeys.Definitions;

/// <summary>What kinds of things a journey or a segment can name that are not part of itself.</summary>
public enum UsedKind
{
    Content = 0,
    Segment = 1,
    List = 2,
    Tag = 3,
    /// <summary>A property of contacts.</summary>
    Property = 4,
    Event = 5,
    Topic = 6,
    /// <summary>A pool of codes.</summary>
    Pool = 7,
    /// <summary>An action that the installation has declared.</summary>
    Action = 8,
    /// <summary>Another journey.</summary>
    Journey = 9,
    /// <summary>Who signs in, by e-mail address.</summary>
    User = 10,
    /// <summary>A stored secret.</summary>
    Secret = 11,
    /// <summary>Several who sign in, by the name that they have together.</summary>
    Team = 12,
}
