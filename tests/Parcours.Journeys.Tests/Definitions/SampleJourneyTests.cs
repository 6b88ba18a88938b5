using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>The sample journeys do what their descriptions say.</summary>
public sealed class SampleJourneyTests
{
    static Trip Buys(Trip trip, decimal total) => trip.Does("Order Completed", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{'invoice':'1','total':{total},'count':1}}"));

    [Theory]
    [InlineData(399, "thanks", false)]
    [InlineData(400, "thanks-large", true)]
    public void Welcome_thanks_by_the_value_of_the_first_order_and_a_second_one_is_success(int total, string content, bool tagged)
    {
        var trip = Buys(Trip.Sample("welcome"), total).Passes("P9D");
        Assert.Equal([content, "discover"], trip.Messages.Select(message => message.Content));
        Assert.Equal(tagged, trip.Ada.HasTag("large-first-order"));

        Assert.Equal(Outcome.Successful, Buys(trip, 10).End.Outcome);
        Assert.False(Buys(trip, 10).IsInside);
    }

    [Fact]
    public void Welcome_without_a_second_order_ends_unsuccessful() => Assert.Equal(Outcome.Unsuccessful, Buys(Trip.Sample("welcome"), 10).Passes("P40D").End.Outcome);

    [Fact]
    public void Win_back_writes_after_ninety_days_without_an_order()
    {
        var trip = Buys(Trip.Sample("win-back"), 10).Passes("P89D");
        Assert.Empty(trip.Enrolments);

        trip.Passes("P8D");
        Assert.Equal("we-miss-you", Assert.Single(trip.Messages).Content);
        Assert.Equal(Outcome.Unsuccessful, trip.Passes("P60D").End.Outcome);
    }

    [Fact]
    public void Who_buys_before_the_reminder_is_exited_and_after_it_successful()
    {
        var before = Buys(Buys(Trip.Sample("win-back"), 10).Passes("P90DT1M"), 10).End;
        Assert.Equal((Outcome.Exited, "bought"), (before.Outcome, before.Why));

        var trip = Buys(Trip.Sample("win-back"), 10).Passes("P97D");
        var message = trip.Messages[0];
        trip.Run(new Stimulus.MessageSettled(message.Enrolment, message.Key, MessageStatus.Sent, null));
        Assert.Equal(Outcome.Successful, Buys(trip, 10).End.Outcome);
    }

    [Fact]
    public void Ten_orders_and_3000_pounds_make_a_vip_and_a_cancellation_unmakes_one()
    {
        var trip = Trip.Sample("vip");
        for (var order = 0; order < 9; order++)
            Buys(trip, 400).Passes("PT1H");
        Assert.False(trip.Ada.HasTag("vip"));
        Buys(trip, 400);
        Assert.True(trip.Ada.HasTag("vip"));
        Assert.Equal("vip", Assert.Single(trip.Messages).Content);

        trip.Passes("P1D").Does("Order Cancelled", "{'total':-1,'count':-1}");

        Assert.False(trip.Ada.HasTag("vip"));
        Assert.Equal((Outcome.Unsuccessful, "lost"), (trip.End.Outcome, trip.End.Point));
    }

    [Theory]
    [InlineData("pro", "mail>next", false)]
    [InlineData("free", "waited>next", true)]
    public void The_reference_journey_mails_or_waits(string plan, string passed, bool waited)
    {
        var trip = Trip.Sample("reference").Changes(new ContactEdit.SetProperty("plan", Value.Of(plan))).Does("signed_up").Passes("PT1S");

        Assert.Contains(passed, trip.Path);
        Assert.True(trip.Ada.HasTag("signed-up"));
        Assert.Equal(waited, trip.Ada.Property("waited") == Value.Of(true));
        Assert.Equal(Outcome.Completed, trip.End.Outcome);
    }
}
