using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>What day and hour it is. Semantics 2.1, 8.5.</summary>
public sealed class TimeConditionTests
{
    const string WorkingHours = """{"kind":"time","days":["monday","tuesday","wednesday","thursday","friday"],"from":"09:00","until":"18:00"}""";
    static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    static Instant At(string iso) => InstantPattern.ExtendedIso.Parse(iso).Value;

    static ConditionContext On(Instant now, string? zone = null)
    {
        var contact = new Contact(ContactId.Create(1, 0, 0), Instant.FromUnixTimeSeconds(0));
        if (zone is not null)
            contact.Properties["timezone"] = new(Value.Of(zone), Instant.FromUnixTimeSeconds(0));
        return new(contact, now, Zone: Paris);
    }

    static CompiledCondition Compile(string json) => ConditionCompiler.Compile(Condition.FromJson(json));

    /// <summary>From is part of it, until is not; in the zone that is asked for.</summary>
    [Theory]
    [InlineData(WorkingHours, "2026-03-02T08:00:00Z", true)] // Monday, nine in Paris
    [InlineData(WorkingHours, "2026-03-02T07:59:59Z", false)]
    [InlineData(WorkingHours, "2026-03-02T17:00:00Z", false)]
    [InlineData(WorkingHours, "2026-03-07T10:00:00Z", false)] // Saturday
    [InlineData("""{"kind":"time","days":["saturday","sunday"]}""", "2026-03-06T23:00:00Z", true)]
    [InlineData("""{"kind":"time","days":["saturday","sunday"],"zone":"Europe/London"}""", "2026-03-06T23:00:00Z", false)]
    [InlineData("""{"kind":"time","days":["friday"],"from":"22:00","until":"02:00"}""", "2026-03-07T00:30:00Z", true)] // Saturday night is Friday's
    [InlineData("""{"kind":"time","from":"22:00","until":"02:00","zone":"contact"}""", "2026-03-07T03:30:00Z", true)] // 22:30 in New York
    public void It_holds_on_its_days_between_its_times(string json, string now, bool holds) =>
        Assert.Equal(holds, Compile(json).Holds(On(At(now), json.Contains("contact", StringComparison.Ordinal) ? "America/New_York" : null)));

    [Fact]
    public void It_says_what_time_it_was_when_it_was_asked()
    {
        var condition = Compile(WorkingHours);
        var context = On(At("2026-03-07T10:05:00Z"));

        var told = condition.Recall(condition.LeafBits(context), condition.LeafValues(context));

        Assert.Equal(("time", "journey", "monday,tuesday,wednesday,thursday,friday 09:00-18:00", "saturday 11:05", false), (told.Kind, told.Subject, told.Expected, told.Actual, told.Holds));
    }

    /// <summary>Whatever the clocks do, the answer stays the same until it says that it may change, and each change is foretold.</summary>
    [Fact]
    public void The_answer_is_the_same_until_the_moment_that_it_names() => Prop.ForAll(
        (from days in Gen.Choose(1, 127) from begins in Gen.Choose(0, 23) from ends in Gen.Choose(0, 23) from hours in Gen.Choose(0, 10_000) select (days, begins, ends, hours)).ToArbitrary(),
        drawn => IsForetold(drawn.days << 1, drawn.begins, drawn.ends, drawn.hours)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    static void IsForetold(int days, int begins, int ends, int hours)
    {
        var names = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None && (days >> (int)day & 1) != 0).Select(day => day.ToString().ToLowerInvariant());
        var condition = Compile($$"""{"kind":"time","days":[{{string.Join(',', names.Select(name => $"\"{name}\""))}}],"from":"{{begins:00}}:30","until":"{{ends:00}}:15"}""");
        var now = At("2026-03-25T00:00:00Z") + Duration.FromHours(hours);
        var truth = condition.Evaluate(On(now));

        Assert.True(truth.FlipsAt > now);
        for (var step = 1; step < 8; step++)
            Assert.Equal(truth.Holds, condition.Holds(On(now + (truth.FlipsAt.Value - now) * (step / 8.0))));
        Assert.Equal(truth.Holds, condition.Holds(On(truth.FlipsAt.Value - Duration.FromTicks(10))));
    }

    /// <summary>Between working hours the journey waits for them.</summary>
    [Fact]
    public void A_wait_for_a_time_goes_on_when_it_comes()
    {
        var trip = Trip.Through($"{{'p':{{'kind':'waitUntilTrue','condition':{WorkingHours.Replace('"', '\'')},'next':'e'}},'e':{{'kind':'end','outcome':'successful'}}}}").Passes("PT10H").Does("Begin");
        Assert.True(trip.IsInside);

        Assert.Equal(At("2026-03-03T09:00:00Z"), trip.Passes("P1D").End.At);
    }
}
