using System.Text;
using NodaTime;
using NodaTime.Text;
using Parcours.Intake;

namespace Parcours.Tests.Intake;

/// <summary>Short words for tests of the intake.</summary>
static class Readings
{
    public static Instant At(string iso) => InstantPattern.ExtendedIso.Parse(iso).Value;

    public static IntakeReading Read(string body, IntakeRoute route = IntakeRoute.Batch) =>
        IntakeParser.Parse(Encoding.UTF8.GetBytes(body), route);

    public static IntakeReading.Accepted Accepted(string body, IntakeRoute route = IntakeRoute.Batch) =>
        Assert.IsType<IntakeReading.Accepted>(Read(body, route));

    public static IntakeItem Item(string body, IntakeRoute route = IntakeRoute.Track)
    {
        var accepted = Accepted(body, route);
        Assert.Empty(accepted.Refusals);
        return Assert.Single(accepted.Items);
    }

    public static IntakeRefusal Refused(string body, IntakeRoute route = IntakeRoute.Batch) =>
        Assert.IsType<IntakeReading.Refused>(Read(body, route)).Refusal;

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
