using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>Rates, and patience with a server that cannot be reached, by a clock of the test's own.</summary>
public class PaceTests
{
    sealed class TestTime : TimeProvider
    {
        public long Ticks { get; set; } = 1_000 * TimeSpan.TicksPerSecond;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;

        public void Pass(TimeSpan time) => Ticks += time.Ticks;
    }

    static int PassIn(SmtpPace pace, TestTime time, TimeSpan duration)
    {
        var passed = 0;
        for (var end = time.Ticks + duration.Ticks; time.Ticks < end;)
            if (pace.TryPass(out var wait))
                passed++;
            else
            {
                Assert.True(wait > TimeSpan.Zero);
                time.Pass(wait);
            }
        return passed;
    }

    /// Semantics 10.7
    [Theory]
    [InlineData(0.5)]
    [InlineData(14)]
    [InlineData(250)]
    public void No_more_mails_pass_than_the_provider_allows(double rate)
    {
        var time = new TestTime();
        var pace = new SmtpPace(rate, time);

        Assert.InRange(PassIn(pace, time, TimeSpan.FromSeconds(60)), 60 * rate, 60 * rate + 1);

        // A pause is not made up for, but for the tenth of a second's worth that evens out what is uneven.
        time.Pass(TimeSpan.FromHours(1));
        Assert.InRange(PassIn(pace, time, TimeSpan.FromSeconds(10)), 10 * rate, 10.1 * rate + 2);
    }

    /// Semantics 10.7: rate and connections are divided by share of partitions.
    [Fact]
    public void Nodes_together_take_no_more_than_the_provider_allows()
    {
        const double Rate = 100;
        var time = new TestTime();
        var shares = new[] { 22, 21, 21 }.Select(partitions =>
        {
            var share = new SmtpShare(connections: 4);
            share.Is(partitions);
            return share;
        }).ToList();

        Assert.InRange(shares.Sum(share => PassIn(new(Rate, time, share), time, TimeSpan.FromSeconds(60))), 60 * Rate * 0.99, 60 * Rate + 3);
        Assert.Equal(3, shares.Sum(share => share.Connections));

        // Whoever stays has all of it again.
        shares[0].Is(64);
        Assert.InRange(PassIn(new(Rate, time, shares[0]), time, TimeSpan.FromSeconds(60)), 60 * Rate * 0.99, 60 * Rate + 1);
        Assert.Equal(4, shares[0].Connections);
    }

    /// Semantics 10.7
    [Fact]
    public void A_share_that_changes_holds_at_once()
    {
        var (time, share) = (new TestTime(), new SmtpShare(connections: 2));
        var pace = new SmtpPace(100, time, share);
        Assert.InRange(PassIn(pace, time, TimeSpan.FromSeconds(10)), 990, 1_011);

        share.Is(16);

        Assert.InRange(PassIn(pace, time, TimeSpan.FromSeconds(10)), 240, 261);
        Assert.Equal(1, share.Connections);
    }

    [Fact]
    public void A_place_that_was_not_used_is_another_s()
    {
        var time = new TestTime();
        var pace = new SmtpPace(1, time);
        Assert.True(pace.TryPass(out _));
        Assert.False(pace.TryPass(out _));

        pace.GiveBack();

        Assert.True(pace.TryPass(out _));
    }

    [Fact]
    public void Without_a_rate_everything_passes()
    {
        var pace = new SmtpPace(null, new TestTime());

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(pace.TryPass(out var wait) && wait == TimeSpan.Zero));
    }

    [Fact]
    public void A_server_that_fails_is_left_alone_for_a_while_that_doubles_to_half_a_minute()
    {
        var (time, said) = (new TestTime(), new List<string>());
        var health = new SmtpHealth(time, said.Add);

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            health.Failed("no connection");
            // Other lines fail at the same time; that is no further failure.
            health.Failed("no connection");
            time.Pass(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(("no connection", TimeSpan.FromTicks(1)), health.Trouble);
            time.Pass(TimeSpan.FromTicks(1));
            Assert.Null(health.Trouble);
        }

        health.Works();
        health.Failed("no login");
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(health.Trouble);
        Assert.Equal(["Mails wait: no connection", "The mail server takes mails again.", "Mails wait: no login"], said);
    }
}
