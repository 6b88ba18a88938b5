using Parcours.Bench.Contenders;
using Parcours.Bench.Reference;
using Parcours.Intake;

namespace StepBench;

/// <summary>A request of the intake with 100 events, from bytes to items; figures are an event's.</summary>
static class IntakeParsing
{
    const int Events = 100;

    public static void Run()
    {
        var (signUps, visits) = (Body(People.SignedUp), Body(People.Visited));
        Measure.Step("intake: an event with its contact's facts", () => IntakeParser.Parse(signUps, IntakeRoute.Batch), Events);
        Measure.Step("intake: an event with properties", () => IntakeParser.Parse(visits, IntakeRoute.Batch), Events);
    }

    static byte[] Body(string @event) => ParcoursServer.BodyOf(new People(Ids.Random, 0), @event, Enumerable.Range(0, Events).Select(number => (long)number));
}
