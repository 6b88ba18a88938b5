namespace Parcours.Journeys.Plans;

/// <summary>What becomes of somebody who stands at a point when a newer version is published (Semantics 6.4). The names are stored.</summary>
public enum PeopleFate
{
    /// <summary>Goes on in the version that it is in.</summary>
    Keep,
    /// <summary>Goes on in the new version: at the same point, or at another.</summary>
    Move,
    /// <summary>Begins the new version from its start.</summary>
    Restart,
    /// <summary>Leaves the journey, <c>exited</c>.</summary>
    Exit,
}

/// <summary>What a version's publisher said of those who stood at a point; of several that fit the first holds, and where none does they are kept.</summary>
/// <param name="Point">Where they stand, in the version that they are in.</param>
/// <param name="Version">Only those of this version; null: of all that are older.</param>
/// <param name="To">Of a move: the point of the new version; null: the same.</param>
public sealed record PeopleRule(string Point, int? Version, PeopleFate Fate, string? To);
