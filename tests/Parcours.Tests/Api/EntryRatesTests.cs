using Parcours.Api.Intake;
using Parcours.Web;

namespace Parcours.Tests.Api;

/// <summary>Small parts by themselves.</summary>
public sealed class EntryRatesTests
{
    /// <summary>Semantics 16.3</summary>
    [Fact]
    public void Over_any_time_a_sender_brings_no_more_than_its_burst_and_its_rate()
    {
        var time = new ManualTime();
        var rates = new EntryRates(time);
        var dice = new Random(20261122);
        var (taken, seconds) = (0, 0);
        for (; seconds < 600; seconds++, time.Pass(TimeSpan.FromSeconds(1)))
        {
            var entries = dice.Next(1, 40);
            if (rates.Take("a", entries, 600) == TimeSpan.Zero)
                taken += entries;
        }

        Assert.InRange(taken, 10 * seconds * 95 / 100, 600 + 10 * seconds);
    }

    [Fact]
    public void What_it_says_to_wait_is_enough()
    {
        var time = new ManualTime();
        var rates = new EntryRates(time);
        Assert.Equal(TimeSpan.Zero, rates.Take("a", 600, 600));
        var wait = rates.Take("a", 100, 600);

        time.Pass(wait);

        Assert.Equal(TimeSpan.FromSeconds(10), wait);
        Assert.Equal(TimeSpan.Zero, rates.Take("a", 100, 600));
        Assert.Equal(TimeSpan.Zero, rates.Take("b", 600, 600));
    }

    [Fact]
    public void A_request_over_the_burst_passes_after_a_quiet_minute()
    {
        var time = new ManualTime();
        var rates = new EntryRates(time);

        Assert.Equal(TimeSpan.Zero, rates.Take("a", 2_500, 600));
        Assert.True(rates.Take("a", 1, 600) > TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Text_of_others_never_becomes_markup()
    {
        var name = "<script>alert('x')</script>\"&";

        Assert.Equal("<p title=\"&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&quot;&amp;\">é</p>", Html.Of($"""<p title="{name}">{"é"}</p>""").Text);
    }
}
