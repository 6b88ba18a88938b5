using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>Semantics 10.7: a rate for each recipient domain, by a clock of the test's own.</summary>
public sealed class DomainPacesTests
{
    sealed class TestTime : TimeProvider
    {
        public long Ticks { get; set; } = 1_000 * TimeSpan.TicksPerSecond;
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Ticks;
    }

    readonly TestTime _time = new();

    SmtpDomainPaces Paces(int busyMax = 65_536, params (string Domain, double Rate)[] rates) => new(rates.ToDictionary(rate => rate.Domain, rate => rate.Rate), _time, busyMax);

    [Fact]
    public void A_busy_domain_holds_up_no_other()
    {
        var paces = Paces(rates: [("*", 2)]);
        Assert.True(paces.TryPass("ada@slow.example", false, out _));

        Assert.False(paces.TryPass("bob@SLOW.example", false, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(0.5), wait);
        Assert.True(paces.TryPass("cy@other.example", false, out _));
    }

    [Fact]
    public void Domains_have_rates_of_their_own_and_those_without_any_are_not_held_back()
    {
        var paces = Paces(rates: [("slow.example", 0.1)]);
        Assert.True(paces.TryPass("ada@slow.example", false, out _));
        Assert.False(paces.TryPass("ada@slow.example", false, out var wait));

        Assert.Equal(TimeSpan.FromSeconds(10), wait);
        for (var mail = 0; mail < 1_000; mail++)
            Assert.True(paces.TryPass($"ada{mail}@any.example", false, out _));
    }

    /// <summary>A thousand at once go out at the rate, each sent back to the outbox once, in the order in which they asked.</summary>
    [Fact]
    public void Each_waits_for_a_time_of_its_own_once()
    {
        var paces = Paces(rates: [("*", 20)]);
        var began = _time.Ticks;
        var waiting = new PriorityQueue<int, long>();
        var left = new List<(int Mail, long At)>();
        for (var mail = 0; mail < 1_000; mail++)
            if (paces.TryPass("x@slow.example", false, out var wait))
                left.Add((mail, _time.Ticks));
            else
                waiting.Enqueue(mail, _time.Ticks + wait.Ticks);

        while (waiting.TryDequeue(out var mail, out var at))
        {
            _time.Ticks = at;
            Assert.True(paces.TryPass("x@slow.example", true, out _));
            left.Add((mail, at));
        }

        Assert.Equal(Enumerable.Range(0, 1_000), left.Select(one => one.Mail));
        Assert.Equal(TimeSpan.FromSeconds(50).Ticks, left[^1].At - began, TimeSpan.TicksPerSecond / 10.0);
        Assert.All(Enumerable.Range(0, 50), second => Assert.InRange(left.Count(one => one.At >= began + second * TimeSpan.TicksPerSecond && one.At < began + (second + 1) * TimeSpan.TicksPerSecond), 19, 21));
    }

    /// <summary>The mail server was away: hundreds whose time has come come at once, and still go out at the rate.</summary>
    [Fact]
    public void What_comes_back_late_keeps_to_the_rate_all_the_same()
    {
        var paces = Paces(rates: [("*", 10)]);
        var waiting = 0;
        for (var mail = 0; mail < 600; mail++)
            waiting += paces.TryPass("x@slow.example", false, out _) ? 0 : 1;
        _time.Ticks += TimeSpan.TicksPerHour;
        var (began, passed) = (_time.Ticks, 0);
        var queue = new PriorityQueue<int, long>(Enumerable.Range(0, waiting).Select(mail => (mail, _time.Ticks)));
        while (queue.TryDequeue(out var mail, out var at) && at < began + 10 * TimeSpan.TicksPerSecond)
        {
            _time.Ticks = Math.Max(_time.Ticks, at);
            if (paces.TryPass("x@slow.example", true, out var wait))
                passed++;
            else
                queue.Enqueue(mail, _time.Ticks + wait.Ticks);
        }

        Assert.InRange(passed, 95, 112);
    }

    [Fact]
    public void Memory_is_bounded_by_those_that_are_busy()
    {
        var paces = Paces(busyMax: 100, rates: [("*", 1)]);
        for (var domain = 0; domain < 100; domain++)
            Assert.True(paces.TryPass($"x@d{domain}.example", false, out _));
        Assert.False(paces.TryPass("x@more.example", false, out var wait));
        Assert.Equal((TimeSpan.FromSeconds(1), 100), (wait, paces.Busy));

        _time.Ticks += TimeSpan.TicksPerSecond;

        Assert.True(paces.TryPass("x@more.example", false, out _));
        Assert.Equal(1, paces.Busy);
    }
}
