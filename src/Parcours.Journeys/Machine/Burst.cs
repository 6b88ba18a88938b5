namespace Parcours.Journeys.Machine;

/// <summary>One stimulus and everything that it sets going for its contact (Semantics 3): pure, no I/O, no clock, no dice.</summary>
/// <remarks><c>Run(Catalogue catalogue, Contact contact, BurstInput input, BurstResult result)</c>: the caller passes a clone of the committed contact and drops it if this throws.</remarks>
public static partial class Burst;
