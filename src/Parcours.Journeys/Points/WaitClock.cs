namespace Parcours.Journeys.Points;

/// <summary>By what clock somebody who waits at a point goes on, if nothing happens (Semantics 8.1, 8.2).</summary>
public enum WaitClock
{
    /// <summary>By none: something has to happen, or nobody waits here.</summary>
    None = 0,
    /// <summary>So long after the arrival: a pause freezes what is left of it, or lets it run on.</summary>
    Elapsed = 1,
    /// <summary>At a date or an hour of the day, which a pause does not move.</summary>
    Calendar = 2,
}
