using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>One stimulus and everything that it sets going for its contact (Semantics 3): pure, no I/O, no clock, no dice.</summary>
public static class Burst
{
    /// <summary>Runs one burst.</summary>
    /// <param name="catalogue">What is live at this place in the journal.</param>
    /// <param name="contact">Changed in place: a clone of the committed one, which the caller drops if this throws.</param>
    /// <param name="input">The stimulus, with all that may be known of when and whence.</param>
    /// <param name="result">Cleared first; then holds all that is to be stored in the burst's commit.</param>
    /// <remarks>
    /// A step that throws does not reach the caller: it fails its enrolment alone (Semantics 3.8). What its run had done to the contact is undone from a log of the values before,
    /// which costs a few stores an effect; cloning the contact for each run would cost more than the run.
    /// </remarks>
    public static void Run(Catalogue catalogue, Contact contact, BurstInput input, BurstResult result)
    {
        result.Clear();
        var run = BurstRun.Take();
        try
        {
            run.Go(catalogue, contact, input, result);
        }
        finally
        {
            run.GiveBack();
        }
    }
}
