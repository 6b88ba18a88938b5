using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class SendEmailPointTests
{
    static Trip Mail(string fields = "", UnknownConsent unknown = UnknownConsent.UnlessRefused) =>
        Trip.Through($"{{'p':{{'kind':'sendEmail','content':'hello'{fields}}}}}").Knows(new("news", unknown)).HasAddress();

    static MessageDecision Decide(Trip trip) => Assert.Single(trip.Does("Begin").Messages);

    /// <summary>Semantics 5.4, 10.1: decided under a key of enrolment, point, visit and channel; the contact goes on at once.</summary>
    [Fact]
    public void A_message_is_decided_under_its_key_and_the_contact_goes_on_at_once()
    {
        var trip = Mail();
        var message = Decide(trip);

        Assert.Null(message.Skip);
        Assert.Equal(MessageKey.Of(message.Enrolment, "p", 1, "email"), message.Key);
        Assert.Equal(("hello", "news", "ada@example.org", MessagePurpose.Marketing), (message.Content, message.Topic, message.Address, message.Purpose));
        Assert.Equal(Trip.Monday9am + Duration.FromDays(3), message.Expires);
        Assert.False(trip.IsInside);
    }

    /// <summary>Semantics 10.1: address, suppression, consent, in this order, with the first reason.</summary>
    [Fact]
    public void Who_cannot_be_written_to_is_skipped_with_the_first_reason()
    {
        var nobody = Mail(unknown: UnknownConsent.NeedsGiven);
        nobody.Ada.Suppressed.Add("ada@example.org");
        Assert.Equal("suppressed", Decide(nobody).Skip);

        nobody = Mail(unknown: UnknownConsent.NeedsGiven);
        nobody.Ada.Identities.Clear();
        nobody.Ada.Suppressed.Add("ada@example.org");
        Assert.Equal("no-address", Decide(nobody).Skip);
        Assert.Contains(nobody.Details, step => step.Detail == "no-address");
    }

    [Theory]
    [InlineData(null, UnknownConsent.NeedsGiven, "no-consent")]
    [InlineData(null, UnknownConsent.UnlessRefused, null)]
    [InlineData(ConsentState.Given, UnknownConsent.NeedsGiven, null)]
    [InlineData(ConsentState.Refused, UnknownConsent.UnlessRefused, "refused")]
    public void What_unknown_consent_means_is_the_topic_s_setting(ConsentState? said, UnknownConsent unknown, string? skip)
    {
        var trip = Mail(unknown: unknown);
        if (said is { } consent)
            trip.Changes(new ContactEdit.SetConsent("email", "news", consent));

        Assert.Equal(skip, Decide(trip).Skip);
    }

    [Fact]
    public void A_global_unsubscribe_refuses_every_topic() =>
        Assert.Equal("refused", Decide(Mail().Changes(new ContactEdit.SetConsent("email", "news", ConsentState.Given), new ContactEdit.SetConsent("email", "*", ConsentState.Refused))).Skip);

    [Fact]
    public void A_transactional_message_ignores_consent_but_not_suppression()
    {
        var refused = Mail(",'purpose':'transactional'").Changes(new ContactEdit.SetConsent("email", "news", ConsentState.Refused));
        Assert.Null(Decide(refused).Skip);

        var suppressed = Mail(",'purpose':'transactional'");
        suppressed.Ada.Suppressed.Add("ada@example.org");
        Assert.Equal("suppressed", Decide(suppressed).Skip);
    }

    [Fact]
    public void A_topic_that_is_gone_asks_for_consent() => Assert.Equal("no-consent", Decide(Mail(",'topic':'gone'")).Skip);

    [Fact]
    public void The_point_says_more_than_the_journey()
    {
        var trip = Trip.Through("{'p':{'kind':'sendEmail','content':'hello','topic':'offers','expiresAfter':'PT2H'}}", settings: "{'email':{'topic':'news','purpose':'transactional','expiresAfter':'P9D'}}").HasAddress();
        var message = Decide(trip);

        Assert.Equal(("offers", MessagePurpose.Transactional, Trip.Monday9am + Duration.FromHours(2)), (message.Topic, message.Purpose, message.Expires));
    }

    /// <summary>Semantics 6.7: the point's word counts, else the journey's.</summary>
    [Theory]
    [InlineData("", "", false)]
    [InlineData(",'pinned':true", "", true)]
    [InlineData("", ",'pinned':true", true)]
    [InlineData(",'pinned':false", ",'pinned':true", false)]
    public void A_content_is_pinned_where_its_author_says_so(string fields, string settings, bool pinned)
    {
        var json = $"{{'format':1,'id':'trip','name':'Trip','settings':{{'email':{{'topic':'news'{settings}}}}},'start':[{{'kind':'hand','id':'in','next':'p'}}],'points':{{'p':{{'kind':'sendEmail','content':'hello'{fields}}}}}}}".Replace('\'', '"');
        var plan = JourneyCompiler.Compile(Parcours.Journeys.Definitions.JourneyJson.Read(System.Text.Encoding.UTF8.GetBytes(json)), 1, DateTimeZone.Utc, pinnedContents: new Dictionary<string, int> { ["hello"] = 7 });

        Assert.Equal(pinned ? "hello" : null, plan.Points[0].PinnedContent);
        var catalogue = new CatalogueBuilder().Add(new LiveJourney(plan.Id, 0, JourneyStatus.Live, 1, System.Collections.Immutable.ImmutableDictionary<int, JourneyPlan>.Empty.Add(1, plan), JourneyDials.Running)).Build(Trip.Monday9am);
        Assert.Equal(pinned ? 7 : null, catalogue.PinnedContentOf(plan.Id, 1, "p"));
        Assert.Null(catalogue.PinnedContentOf(plan.Id, 2, "p"));
    }
}
