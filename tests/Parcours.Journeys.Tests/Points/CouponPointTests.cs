using NodaTime;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Points;

/// <summary>A code of a pool: Semantics 9.2, 9.3.</summary>
public sealed class CouponPointTests
{
    static Trip Coupon(string more = "") => Trip.Through(
        "{'p':{'kind':'coupon','pool':'spring'" + more + ",'next':'d'},'d':{'kind':'delay','for':'P1D','next':'m'},'m':{'kind':'recordEvent','event':'Told','next':'e'},'e':{'kind':'delay','for':'P1D','next':'none'},'none':{'kind':'addTag','tag':'none'}}").Does("Begin");

    [Fact]
    public void The_code_is_in_the_journeys_data_with_the_time_until_it_is_good()
    {
        var trip = Coupon();
        Assert.Equal(("3:spring", "coupon"), (Assert.Single(trip.Orders).Allocator.ToString(), trip.Waiting.Wait.Reason));

        trip.AnsweredWith(new(true, "AB\"C", Instant.FromUtc(2026, 4, 1, 0, 0)));

        var data = trip.Ada.Enrolments[0].Data;
        Assert.Equal(("AB\"C", "2026-04-01T00:00:00Z"), (data["coupon"].AsText, data["coupon_expires"].AsText));
    }

    [Theory]
    [InlineData(",'onEmpty':'none'", "p>empty none>next")]
    [InlineData("", "p>next d…")]
    public void Where_none_is_left_it_goes_the_other_way_or_on_without(string more, string path)
    {
        var trip = Coupon(more).AnsweredWith(new AllocatorAnswer(false));

        Assert.Equal($"p… {path}", string.Join(' ', trip.Path));
        Assert.Contains(("p", 0UL, "pool-empty"), trip.Details);
    }

    [Fact]
    public void The_author_may_say_under_which_name_it_is_kept() =>
        Assert.Equal("A", Coupon(",'into':'voucher'").AnsweredWith(new(true, "A")).Ada.Enrolments[0].Data["voucher"].AsText);

    /// <summary>Semantics 9.3: before anything could show it, it is handed back; afterwards it is not given to another.</summary>
    [Fact]
    public void It_is_handed_back_where_nothing_has_shown_it()
    {
        var before = Coupon().AnsweredWith(new(true, "A"));
        before.Run(new Stimulus.RemoveRequested(before.Ada.Enrolments[0].Id, null, "asked"));
        var after = Coupon().AnsweredWith(new(true, "A")).Passes("P1D");
        Assert.Equal("e", after.Waiting.Point);
        after.Run(new Stimulus.RemoveRequested(after.Ada.Enrolments[0].Id, null, "asked"));

        Assert.Equal([false, true], before.Orders.Select(order => order.What is null));
        Assert.Single(after.Orders);
    }

    [Fact]
    public void Who_comes_to_the_end_keeps_it()
    {
        var trip = Trip.Through("{'p':{'kind':'coupon','pool':'spring','next':'d'},'d':{'kind':'addTag','tag':'has'}}").Does("Begin").AnsweredWith(new(true, "A"));

        Assert.False(trip.IsInside);
        Assert.Single(trip.Orders);
    }
}
