using NodaTime;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Contacts;

/// <summary>What a contact has met of an experiment: its path for as long as the experiment runs, and whether it has reached the goal.</summary>
/// <param name="Version">The journey's version that counts it.</param>
/// <param name="Trial">Which experiment it was: <see cref="Plans.ExperimentPlan.Trial"/>.</param>
/// <param name="Path">The way out: a path's name, or that of the hold-out.</param>
/// <param name="Until">What happens from then on does not count.</param>
public readonly record struct ExposureMark(JourneyId Journey, string Point, int Version, uint Trial, string Path, Instant At, Instant Until, bool Converted);
