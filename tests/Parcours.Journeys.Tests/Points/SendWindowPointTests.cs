using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Semantics 10.1: expiry and window at the point. The contact stands at the card with the reason, and exits act.</summary>
public sealed class SendWindowPointTests
{
    static Trip Mail(string fields, string settings = "") => Trip
        .Through($"{{'p':{{'kind':'sendEmail','content':'hello',{fields}}}}}", settings: $"{{'reEntry':{{'kind':'afterLeaving'}},'email':{{'topic':'news'}}{settings}}}")
        .Knows(new("news", UnknownConsent.UnlessRefused)).HasAddress();

    const string Evenings = "'window':{'from':'18:00','until':'21:00'}";

    static ContactEdit.SetProperty Zone(string zone) => new ContactEdit.SetProperty("timezone", Value.Of(zone));
    static readonly Instant SixPm = Instant.FromUtc(2026, 3, 2, 18, 0);

    [Fact]
    public void Inside_the_window_the_contact_goes_on_at_once()
    {
        var trip = Mail("'window':{'days':['monday'],'from':'09:00','until':'09:01'}").Does("Begin");

        Assert.Null(Assert.Single(trip.Messages).Skip);
        Assert.Equal(LocalTime.FromMinutesSinceMidnight(9 * 60 + 1), trip.Messages[0].Window!.Until);
        Assert.False(trip.IsInside);
    }

    [Fact]
    public void Outside_of_it_the_contact_waits_at_the_card_until_it_opens()
    {
        var trip = Mail(Evenings).Does("Begin");
        Assert.Empty(trip.Messages);
        Assert.Equal(new Wait(SixPm, TimerQueue.Calendar, "window", "2026-03-02T18:00 Europe/London"), trip.Waiting.Wait);

        trip.Passes("PT9H");

        var message = Assert.Single(trip.Messages);
        Assert.Equal((SixPm, null, SixPm + Duration.FromDays(3)), (message.DecidedAt, message.Skip, message.Expires));
        Assert.Equal(["p…", "p>next"], trip.Path.Where(step => step.StartsWith('p')));
    }

    [Fact]
    public void Or_is_skipped_with_the_reason_on_record()
    {
        var trip = Mail("'window':{'from':'18:00','until':'21:00','outside':'skip'}").Does("Begin");

        Assert.Equal("outside-window", Assert.Single(trip.Messages).Skip);
        Assert.Contains(trip.Details, step => step.Detail == "outside-window");
        Assert.False(trip.IsInside);
    }

    /// <summary>Consent and suppression are asked before the window, and again when it opens.</summary>
    [Fact]
    public void Whoever_may_not_be_written_to_does_not_wait_for_it()
    {
        Assert.Equal("refused", Assert.Single(Mail(Evenings).Changes(Refusal).Does("Begin").Messages).Skip);

        var later = Mail(Evenings).Does("Begin").Changes(Refusal).Passes("PT9H");

        Assert.Equal("refused", Assert.Single(later.Messages).Skip);
    }

    static ContactEdit.SetConsent Refusal => new ContactEdit.SetConsent("email", "news", ConsentState.Refused);

    [Fact]
    public void An_exit_takes_the_contact_from_the_wait()
    {
        var trip = Mail(Evenings, ",'exits':[{'name':'bought','when':{'kind':'tag','name':'customer'}}]").Does("Begin").Changes(new ContactEdit.AddTag("customer")).Passes("P1D");

        Assert.Empty(trip.Messages);
        Assert.Equal((Outcome.Exited, "bought"), (trip.End.Outcome, trip.End.Why));
    }

    [Theory]
    [InlineData("'expiresAfter':'PT9H'", "expired")]             // at 18:00, when it opens
    [InlineData("'expiresAfter':'PT9H1S'", null)]
    [InlineData("'expiresAt':'2026-03-02T18:00:00Z'", "expired")]
    [InlineData("'expiresAt':'2026-03-02T09:00:00Z'", "expired")]
    [InlineData("'expiresAt':'2026-03-02T18:00:01Z'", null)]
    [InlineData("'expiresAt':'2026-03-02T18:00:01Z','expiresAfter':'PT1H'", "expired")]
    public void What_would_expire_before_it_opens_is_skipped_at_once(string expiry, string? skip)
    {
        var trip = Mail($"{Evenings},{expiry}").Does("Begin");
        Assert.Equal(skip is null, trip.IsInside);

        Assert.Equal(skip, Assert.Single(trip.Passes("PT9H").Messages).Skip);
    }

    /// <summary>The author's hours count from the arrival, so what waited for its window has less of them left.</summary>
    [Fact]
    public void An_expiry_that_the_author_named_counts_from_the_arrival() =>
        Assert.Equal(Trip.Monday9am + Duration.FromHours(12), Assert.Single(Mail($"{Evenings},'expiresAfter':'PT12H'").Does("Begin").Passes("PT9H").Messages).Expires);

    [Fact]
    public void An_instant_of_expiry_ends_the_message_of_everybody() =>
        Assert.Equal(Trip.Monday9am + Duration.FromHours(1), Assert.Single(Mail("'expiresAt':'2026-03-02T10:00:00Z'").Does("Begin").Messages).Expires);

    /// <summary>Semantics 8.4: the window follows the contact, never to before now.</summary>
    [Fact]
    public void In_the_contact_s_zone_it_follows_the_contact()
    {
        var trip = Mail("'window':{'from':'10:00','until':'12:00','zone':'contact'}").Changes(Zone("America/New_York")).Does("Begin");
        Assert.Equal((Instant.FromUtc(2026, 3, 2, 15, 0), "2026-03-02T10:00 America/New_York"), (trip.Waiting.Wait.Due, trip.Waiting.Wait.Intention));

        trip.Changes(Zone("Asia/Kolkata"));
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 4, 30), trip.Waiting.Wait.Due);
        // In Rome it is ten past ten: open.
        trip.Passes("PT10M").Changes(Zone("Europe/Rome"));
        Assert.Equal(trip.Now, trip.Waiting.Wait.Due);

        var message = Assert.Single(trip.Passes("PT1S").Messages);
        Assert.Equal(("Europe/Rome", null), (message.Window!.Zone.Id, message.Skip));
    }

    /// <summary>Semantics 8.2: after a pause the window is judged by the hour that it is then.</summary>
    [Fact]
    public void What_opened_and_closed_in_a_pause_waits_for_the_next_opening()
    {
        var trip = Mail(Evenings).Does("Begin");
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, false, Duration.Zero));
        trip.Passes("PT14H");
        (trip.Status, trip.Dials) = (JourneyStatus.Live, new(null, false, Duration.FromHours(14)));
        trip.Passes("PT1S");
        Assert.Empty(trip.Messages);
        Assert.Equal(SixPm + Duration.FromDays(1), trip.Waiting.Wait.Due);

        Assert.Null(Assert.Single(trip.Passes("P1D").Messages).Skip);
    }

    [Fact]
    public void The_journey_s_window_counts_where_the_point_has_none_and_an_empty_one_is_always_open()
    {
        const string journey = "{'email':{'topic':'news','window':{'from':'18:00','until':'21:00'}}}";
        Assert.True(Trip.Through("{'p':{'kind':'sendEmail','content':'hello'}}", settings: journey).Knows(new("news", UnknownConsent.UnlessRefused)).HasAddress().Does("Begin").IsInside);

        Assert.False(Trip.Through("{'p':{'kind':'sendEmail','content':'hello','window':{}}}", settings: journey).Knows(new("news", UnknownConsent.UnlessRefused)).HasAddress().Does("Begin").IsInside);
    }

    /// <summary>Semantics 8.5: on the day on which summer time skips the opening, the first moment after the gap.</summary>
    [Fact]
    public void On_the_day_of_summer_time_it_opens_after_the_gap()
    {
        var trip = Mail("'window':{'days':['sunday'],'from':'02:30','until':'05:00','zone':'Europe/Paris'}").Passes("P24D").Does("Begin");
        Assert.Equal((Instant.FromUtc(2026, 3, 29, 1, 0), "2026-03-29T02:30 Europe/Paris"), (trip.Waiting.Wait.Due, trip.Waiting.Wait.Intention));

        Assert.Equal(Instant.FromUtc(2026, 3, 29, 1, 0), Assert.Single(trip.Passes("P7D").Messages).DecidedAt);
    }
}
