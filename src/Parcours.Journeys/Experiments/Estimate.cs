namespace Parcours.Journeys.Experiments;

/// <summary>A measured number and the interval in which the true one lies, as sure as was asked for.</summary>
public readonly record struct Estimate(double Value, double Low, double High);
