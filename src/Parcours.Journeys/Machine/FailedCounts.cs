using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>What is counted of an enrolment that failed, for as long as it can be put back: taken back then, and taken along by a merge (Semantics 3.8, 11.1).</summary>
static class FailedCounts
{
    /// <summary>Where it stood; null: it was only on its way.</summary>
    public static EnrolmentState.Waiting? StoodAt(Enrolment failed) =>
        failed.State is EnrolmentState.Ended { Stood: { Wait.Reason: not EnrolmentState.OnItsWay } stood } ? stood : null;

    public static void Add(Enrolment failed, int by, Action<CounterKey, long> count)
    {
        count(Key(failed, CounterKind.Ended, "", "failed"), by);
        count(Key(failed, CounterKind.Failed, PointOf(failed), ""), by);
        if (StoodAt(failed) is { } stood)
            count(Key(failed, CounterKind.Left, stood.Point, "failed"), by);
    }

    /// <summary>The point whose step failed.</summary>
    public static string PointOf(Enrolment failed) => (failed.State as EnrolmentState.Ended)?.Point ?? "";

    public static CounterKey Key(Enrolment failed, CounterKind kind, string point, string edge) => new(kind, failed.Journey, failed.Version, point, edge);
}
