using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Tests.Schedules;

/// <summary>Rules of recurrence against the examples of RFC 5545 section 3.8.5.3, and by properties. Semantics 6.12, 8.5.</summary>
public sealed class RecurrenceTests
{
    static readonly LocalDatePattern Short = LocalDatePattern.CreateWithInvariantCulture("yyMMdd");
    static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    static Recurrence Rule(string text) => RecurrenceText.TryParse(text, out var problem) ?? throw new FormatException(problem);
    static LocalDate Day(string text) => Short.Parse(text).Value;

    /// <summary>At nine in New York, as all of the RFC's examples are.</summary>
    static StartSchedule At9(string first, string rule) => new(Day(first), new LocalTime(9, 0), Rule(rule), NewYork);
    static IEnumerable<string> Days(string first, string rule) => At9(first, rule).Moments().Select(at => Short.Format(at.InZone(NewYork).Date));

    [Theory]
    [InlineData("970902", "FREQ=DAILY;COUNT=10", "970902 970903 970904 970905 970906 970907 970908 970909 970910 970911 end")]
    [InlineData("970902", "FREQ=DAILY;INTERVAL=2", "970902 970904 970906 970908")]
    [InlineData("970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "970902 970912 970922 971002 971012 end")]
    [InlineData("970902", "FREQ=WEEKLY;COUNT=10", "970902 970909 970916 970923 970930 971007 971014 971021 971028 971104 end")]
    [InlineData("970902", "FREQ=WEEKLY;UNTIL=19971224T000000Z", "970902 970909 970916 970923 970930 971007 971014 971021 971028 971104 971111 971118 971125 971202 971209 971216 971223 end")]
    [InlineData("970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "970902 970916 970930 971014 971028 971111 971125 971209 971223 980106 980120")]
    [InlineData("970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "970902 970904 970909 970911 970916 970918 970923 970925 970930 971002 end")]
    [InlineData("970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "970902 970904 970909 970911 970916 970918 970923 970925 970930 971002 end")]
    [InlineData("970901", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "970901 970903 970905 970915 970917 970919 970929 971001 971003 971013 971015 971017 971027 971029 971031 971110 971112 971114 971124 971126 971128 971208 971210 971212 971222 end")]
    [InlineData("970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "970902 970904 970916 970918 970930 971002 971014 971016 end")]
    [InlineData("970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "970905 971003 971107 971205 980102 980206 980306 980403 980501 980605 end")]
    [InlineData("970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "970905 971003 971107 971205 end")]
    [InlineData("970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "970907 970928 971102 971130 980104 980125 980301 980329 980503 980531 end")]
    [InlineData("970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "970922 971020 971117 971222 980119 980216 end")]
    [InlineData("970928", "FREQ=MONTHLY;BYMONTHDAY=-3", "970928 971029 971128 971229 980129 980226")]
    [InlineData("970902", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "970902 970915 971002 971015 971102 971115 971202 971215 980102 980115 end")]
    [InlineData("970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "970930 971001 971031 971101 971130 971201 971231 980101 980131 980201 end")]
    [InlineData("970910", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "970910 970911 970912 970913 970914 970915 990310 990311 990312 990313 end")]
    [InlineData("970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "970902 970909 970916 970923 970930 971104 971111 971118 971125 980106 980113 980120 980127 980303")]
    [InlineData("970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "970610 970710 980610 980710 990610 990710 000610 000710 010610 010710 end")]
    [InlineData("970310", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "970310 990110 990210 990310 010110 010210 010310 030110 030210 030310 end")]
    [InlineData("970519", "FREQ=YEARLY;BYDAY=20MO", "970519 980518 990517")]
    [InlineData("970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "970313 970320 970327 980305 980312 980319 980326 990304 990311 990318 990325")]
    [InlineData("970605", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "970605 970612 970619 970626 970703 970710 970717 970724 970731 970807 970814 970821 970828 980604")]
    [InlineData("970902", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "980213 980313 981113 990813 001013")]
    [InlineData("970913", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "970913 971011 971108 971213 980110 980207 980307 980411 980509 980613")]
    [InlineData("961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "961105 001107 041102")]
    [InlineData("970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "970904 971007 971106 end")]
    [InlineData("970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "970929 971030 971127 971230 980129 980226 980330")]
    [InlineData("970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "970805 970810 970819 970824 end")]
    [InlineData("970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "970805 970817 970819 970831 end")]
    [InlineData("070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "070115 070130 070215 070315 070330 end")]
    public void It_comes_on_the_days_of_the_examples_of_rfc_5545(string first, string rule, string days)
    {
        var expected = days.Split(' ');
        var isAll = expected[^1] == "end";

        Assert.Equal(isAll ? expected[..^1] : expected, Days(first, rule).Take(isAll ? 1_000 : expected.Length));
    }

    [Theory]
    [InlineData("970902", "FREQ=DAILY;UNTIL=19971224T000000Z", 113, "971223")]
    [InlineData("980101", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", 93, "000131")]
    [InlineData("980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", 93, "000131")]
    public void So_do_the_long_ones(string first, string rule, int count, string last) =>
        Assert.Equal((count, last), (Days(first, rule).Count(), Days(first, rule).Last()));

    /// <summary>As the RFC says of days that are not there: they are passed over, 29 February too.</summary>
    [Fact]
    public void A_day_that_a_year_or_month_has_not_is_passed_over()
    {
        Assert.Equal(["240229", "280229"], Days("240229", "FREQ=YEARLY").Take(2));
        Assert.Equal(["260131", "260331", "260531"], Days("260131", "FREQ=MONTHLY").Take(3));
        Assert.Empty(Days("260101", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"));
    }

    /// <summary>Semantics 8.5: in a gap the first instant after it, in an overlap the earlier.</summary>
    [Fact]
    public void Where_the_clocks_change_it_comes_as_any_local_time()
    {
        var paris = new StartSchedule(new(2026, 3, 28), new(2, 30), Rule("FREQ=DAILY;COUNT=3"), DateTimeZoneProviders.Tzdb["Europe/Paris"]);
        Assert.Equal([Instant.FromUtc(2026, 3, 28, 1, 30), Instant.FromUtc(2026, 3, 29, 1, 0), Instant.FromUtc(2026, 3, 30, 0, 30)], paris.Moments());

        var autumn = paris with { First = new(2026, 10, 25), Rule = null };
        Assert.Equal([Instant.FromUtc(2026, 10, 25, 0, 30)], autumn.Moments());
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;UNTIL=20260316", 3)]
    [InlineData("FREQ=WEEKLY;UNTIL=20260316T085959", 2)]
    [InlineData("FREQ=WEEKLY;UNTIL=20260316T130000Z", 3)]
    [InlineData("freq=weekly;until=20260316t125959z", 2)]
    public void Until_is_a_day_a_local_time_or_an_instant(string rule, int count) => Assert.Equal(count, At9("260302", rule).Moments().Count());

    [Fact]
    public void The_next_is_later_than_the_moment_that_is_asked_of()
    {
        var monday = At9("260302", "RRULE:FREQ=WEEKLY;COUNT=2");

        Assert.Equal(Instant.FromUtc(2026, 3, 2, 14, 0), monday.Next(Instant.FromUtc(2026, 3, 2, 13, 59)));
        Assert.Equal(Instant.FromUtc(2026, 3, 9, 13, 0), monday.Next(Instant.FromUtc(2026, 3, 2, 14, 0)));
        Assert.Null(monday.Next(Instant.FromUtc(2026, 3, 9, 13, 0)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=DAILY;FREQ=DAILY")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20260101")]
    [InlineData("FREQ=DAILY;BYHOUR=9")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=3")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1")]
    [InlineData("FREQ=DAILY;UNTIL=tomorrow")]
    [InlineData("FREQ=DAILY;;COUNT=2")]
    public void What_is_no_rule_is_told_so(string text)
    {
        Assert.Null(RecurrenceText.TryParse(text, out var problem));
        Assert.NotEmpty(problem!);
    }

    sealed record Drawn(string Text, LocalDate First);

    static Gen<Drawn> Rules =>
        from frequency in Gen.Elements("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
        from interval in Gen.Choose(1, 5)
        from days in Gen.Elements("", ";BYDAY=MO", ";BYDAY=TU,SA,SU")
        from months in Gen.Elements("", ";BYMONTH=2", ";BYMONTH=1,6,12")
        from monthDays in Gen.Elements("", ";BYMONTHDAY=-1", ";BYMONTHDAY=1,15,31")
        from first in Gen.Choose(0, 1_500)
        select new Drawn($"FREQ={frequency};INTERVAL={interval}{days}{months}{(frequency == "WEEKLY" ? "" : monthDays)}", new LocalDate(2024, 1, 1).PlusDays(first));

    /// <summary>Whatever the rule: days rise, none is before the first, each is one that the rule's parts allow, and COUNT and UNTIL only cut.</summary>
    [Fact]
    public void Days_rise_and_are_what_the_rule_names() => Prop.ForAll(Rules.ToArbitrary(), drawn =>
    {
        var rule = Rule(drawn.Text);
        var days = rule.From(drawn.First).Take(40).ToList();
        return days.Zip(days.Skip(1)).All(pair => pair.First < pair.Second)
            && days.All(day => day >= drawn.First)
            && days.All(day => rule.Months.IsEmpty || rule.Months.Contains(day.Month))
            && days.All(day => rule.Days.IsEmpty || rule.Days.Any(one => one.Day == day.DayOfWeek))
            && days.All(day => rule.MonthDays.IsEmpty || rule.MonthDays.Contains(day.Day) || (rule.MonthDays.Contains(-1) && day.PlusDays(1).Day == 1))
            && Rule($"{drawn.Text};COUNT=7").From(drawn.First).SequenceEqual(days.Take(7));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>A daily rule that is narrowed by its parts is the plainest reading of them: a look at every day.</summary>
    [Fact]
    public void A_daily_rule_names_every_day_that_fits() => Prop.ForAll(Rules.Where(drawn => drawn.Text.StartsWith("FREQ=DAILY;INTERVAL=1;", StringComparison.Ordinal)).ToArbitrary(), drawn =>
    {
        var rule = Rule(drawn.Text);
        var every = Enumerable.Range(0, 800).Select(drawn.First.PlusDays).Where(day =>
            (rule.Months.IsEmpty || rule.Months.Contains(day.Month)) && (rule.Days.IsEmpty || rule.Days.Any(one => one.Day == day.DayOfWeek))
            && (rule.MonthDays.IsEmpty || rule.MonthDays.Contains(day.Day) || (rule.MonthDays.Contains(-1) && day.PlusDays(1).Day == 1)));
        return rule.From(drawn.First).TakeWhile(day => day < drawn.First.PlusDays(800)).SequenceEqual(every);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
