using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.StartingPoints;

/// <summary>A basket is left lying. Semantics 6.14.</summary>
public sealed class CartAbandonedStartTests
{
    static readonly Instant Nine = Trip.Monday9am;

    static Trip Starts(string fields = "", string points = "{'p':{'kind':'end','outcome':'successful'}}", string reEntry = "afterLeaving") =>
        Trip.Through(points, $"{{'kind':'cartAbandoned','id':'in'{fields},'next':'p'}}", $"{{'reEntry':{{'kind':'{reEntry}'}}}}");

    static IEnumerable<Instant> Entries(Trip trip) => trip.Enrolments.Select(enrolment => enrolment.StartedAt).Distinct();

    /// <summary>Semantics 6.14: four hours after the last of its events, unless another time is said.</summary>
    [Fact]
    public void It_begins_when_the_time_after_the_last_event_has_passed()
    {
        Assert.Equal([Nine + Duration.FromHours(4)], Entries(Starts().Does("Product Added").Passes("P3D")));
        Assert.Equal([Nine + Duration.FromHours(6)], Entries(Starts().Does("Product Added").Passes("PT2H").Does("Checkout Started").Passes("P3D")));
        Assert.Equal([Nine + Duration.FromMinutes(30)], Entries(Starts(",'after':'PT30M'").Does("Cart Updated").Passes("P3D")));
    }

    [Fact]
    public void An_order_ends_it_and_a_new_basket_begins_anew()
    {
        var trip = Starts().Does("Product Added").Passes("PT1H").Does("Order Completed").Passes("P1D");
        Assert.Empty(trip.Enrolments);
        Assert.Null(trip.Ada.FlipAt);
        // As long as something older may come it is known that it has ended.
        Assert.Empty(trip.Does("Anything").Changes(new ContactEdit.AddTag("later")).Ada.Abandoned);

        Assert.Single(Entries(trip.Does("Cart Viewed").Passes("P1D")));
    }

    /// <summary>Semantics 1.4: what happened at an instant counts before what falls due at it; an order from before the basket says nothing of it.</summary>
    [Fact]
    public void An_order_at_the_very_moment_counts_and_an_older_one_does_not()
    {
        Assert.Empty(Starts(",'after':'PT1H'").Does("Product Added").Passes("PT59M").Does("Order Completed").Passes("P1D").Enrolments);
        Assert.Single(Entries(Starts().Does("Product Added").Passes("PT1H").Does("Order Completed", occurred: Nine - Duration.FromHours(1)).Passes("P1D")));
    }

    /// <summary>Semantics 2.3: a late event begins nothing, and ends what it ends.</summary>
    [Fact]
    public void A_late_event_begins_nothing_and_a_late_order_still_ends_it()
    {
        Assert.Empty(Starts().Does("Product Added", occurred: Nine - Duration.FromDays(2)).Passes("P3D").Enrolments);
        Assert.Empty(Starts(",'after':'P3D'").Does("Product Added").Passes("P2D").Does("Order Completed", occurred: Nine + Duration.FromMinutes(1)).Passes("P9D").Enrolments);
    }

    /// <summary>Semantics 6.14, 2.3: events come in any order within a day; what happened before the order was not left lying after it.</summary>
    [Fact]
    public void An_order_that_comes_before_what_it_ends_ends_it()
    {
        Assert.Empty(Starts().Passes("PT1H").Does("Order Completed").Passes("PT1M").Does("Product Added", occurred: Nine + Duration.FromMinutes(30)).Passes("P3D").Enrolments);
        Assert.Single(Entries(Starts().Passes("PT1H").Does("Order Completed").Passes("PT1H").Does("Product Added", occurred: Nine + Duration.FromMinutes(90)).Passes("P3D")));
        // One that was added earlier comes later: the basket's last event is the younger one all the same.
        var trip = Starts().Passes("PT1H").Does("Product Added", "{'name':'Cup'}").Does("Product Added", "{'name':'Tea'}", occurred: Nine).Does("Order Completed", occurred: Nine + Duration.FromMinutes(30));
        Assert.Equal("""{"name":"Cup","products":[{"name":"Cup"},{"name":"Tea"}]}""", Data(trip.Passes("P1D")));
    }

    [Fact]
    public void Items_told_one_by_one_are_gathered_and_a_whole_basket_stands_for_itself()
    {
        var trip = Starts().Does("Product Added", "{'name':'Tea','total':5}").Does("Product Added", "{'name':'Cup','total':17}").Passes("P1D");
        Assert.Equal("""{"name":"Cup","total":17,"products":[{"name":"Tea","total":5},{"name":"Cup","total":17}]}""", Data(trip));

        trip = Starts().Does("Product Added", "{'name':'Tea'}").Does("Cart Updated", "{'products':[{'name':'Pot'}]}").Passes("P1D");
        Assert.Equal("""{"products":[{"name":"Pot"}]}""", Data(trip));
    }

    static string Data(Trip trip) => System.Text.Encoding.UTF8.GetString(trip.Enrolments[0].Data.Json.Span);

    [Fact]
    public void Other_events_may_be_named_and_the_filter_is_asked_when_it_comes()
    {
        var trip = Starts(",'events':['Cart'],'unless':['Paid'],'filter':{'kind':'tag','name':'vip'}").Does("Product Added").Does("Cart").Passes("PT1H").Does("Order Completed");
        Assert.Empty(trip.Passes("P1D").Enrolments);

        Assert.Single(Entries(trip.Does("Cart").Passes("PT1H").Changes(new ContactEdit.AddTag("vip")).Passes("P1D")));
        Assert.Single(Entries(trip.Does("Cart").Passes("PT1H").Does("Paid").Passes("P1D")));
    }

    /// <summary>Semantics 2.4: what the basket's reminder waits for is what came after the basket, not after the reminder.</summary>
    [Fact]
    public void An_order_on_its_way_meanwhile_is_heard_by_waits()
    {
        var trip = Starts("", "{'p':{'kind':'waitFor','activities':[{'kind':'event','events':['Order Completed']}],'timeout':'P1D','next':'a','onTimeout':'b'},'a':{'kind':'end','outcome':'successful'},'b':{'kind':'end','outcome':'unsuccessful'}}");

        trip.Does("Product Added").Passes("PT5H").Does("Order Completed", occurred: Nine + Duration.FromHours(3));

        Assert.Equal(Outcome.Successful, Assert.IsType<EnrolmentState.Ended>(trip.Enrolments[^1].State).Outcome);
    }
}

/// <summary>A product is looked at again and again. Semantics 6.14.</summary>
public sealed class BrowseAbandonedStartTests
{
    static Trip Starts(string fields = "") => Trip.Through("{'p':{'kind':'end','outcome':'successful'}}", $"{{'kind':'browseAbandoned','id':'in'{fields},'next':'p'}}", "{'reEntry':{'kind':'afterLeaving'}}");

    static Trip Looks(Trip trip, string product, int times = 1)
    {
        for (; times > 0; times--)
            trip.Does("Product Viewed", $"{{'product_id':'{product}'}}").Passes("PT1H");
        return trip;
    }

    [Fact]
    public void Three_looks_at_one_product_begin_it_and_looks_at_many_do_not()
    {
        Assert.Equal("t1", Looks(Starts(), "t1", 3).Passes("P1D").Enrolments[0].Data["product_id"].ToString());
        Assert.Empty(Looks(Looks(Looks(Starts(), "t1", 2), "t2", 2), "t3", 2).Passes("P9D").Enrolments);
        Assert.NotEmpty(Looks(Looks(Starts(",'times':2,'anyProduct':true"), "t1"), "t2").Passes("P1D").Enrolments);
        Assert.NotEmpty(Looks(Starts(",'times':1"), "t1").Passes("P1D").Enrolments);
    }

    [Theory]
    [InlineData("Product Added")]
    [InlineData("Order Completed")]
    public void What_is_put_into_a_basket_or_bought_ends_it(string name)
    {
        var trip = Looks(Starts(), "t1", 3).Does(name).Passes("P1D");
        Assert.Empty(trip.Enrolments);

        // And the count begins anew.
        Assert.Empty(Looks(trip, "t1", 2).Passes("P1D").Enrolments);
        Assert.NotEmpty(Looks(trip, "t1", 1).Passes("P1D").Enrolments);
    }

    /// <summary>Semantics 2.1: windows are half-open.</summary>
    [Fact]
    public void Looks_that_lie_too_far_apart_are_forgotten()
    {
        Assert.Empty(Looks(Looks(Starts(",'times':2,'within':'P1D'"), "t1").Passes("PT23H"), "t1").Passes("P9D").Enrolments);
        Assert.NotEmpty(Looks(Looks(Starts(",'times':2,'within':'P1D'"), "t1").Passes("PT22H"), "t1").Passes("P9D").Enrolments);
    }

    /// <summary>Semantics 6.14: cost does not grow with contacts who once looked.</summary>
    [Fact]
    public void Looks_that_count_no_more_are_dropped_where_the_contact_is_stored_anyway()
    {
        var trip = Looks(Starts(), "t1", 2).Passes("P8D");
        Assert.Single(trip.Ada.Abandoned);

        Assert.Empty(trip.Changes(new ContactEdit.AddTag("later")).Ada.Abandoned);
    }

    /// <summary>A contact remembers no more than so many things: memory does not grow with looking.</summary>
    [Fact]
    public void No_more_than_twenty_products_are_remembered()
    {
        var trip = Starts();
        for (var product = 0; product < 40; product++)
            trip.Does("Product Viewed", $"{{'product_id':'t{product}'}}").Passes("PT1M");

        Assert.Equal(20, trip.Ada.Abandoned.Single().Value.Seen.Length);
    }
}
