using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class WebhookPointTests
{
    const string Url = "'url':'https://crm.example.org/contacts/{{contact.user_id}}'";

    static Trip With(string fields) => Trip.Through(
        $"{{'p':{{'kind':'webhook',{Url},{fields}'next':'e'}},'e':{{'kind':'if','condition':{{'kind':'field','name':'crm.body.level','is':'equals','value':'gold'}},'then':'gold','else':'other'}},"
        + "'gold':{'kind':'end','outcome':'successful'},'other':{'kind':'end','outcome':'completed'}"
        + (fields.Contains("'sorry'", StringComparison.Ordinal) ? ",'sorry':{'kind':'end','outcome':'unsuccessful'}}" : "}"));

    static Trip Ada(string fields)
    {
        var trip = With(fields);
        trip.Ada.Identities.Add(new(IdentityKind.UserId, "ada 1"));
        trip.Changes(new ContactEdit.SetProperty("points", Value.Of(12m)));
        return trip;
    }

    static Trip Settle(Trip trip, MessageStatus status, string answer = "") =>
        trip.Run(new Stimulus.MessageSettled(trip.Ada.Enrolments.Single().Id, trip.Messages[^1].Key, status, null) { Answer = Encoding.UTF8.GetBytes(answer) });

    /// <summary>Semantics 5.4: the key is a hash of enrolment, point, visit and channel; what it says is settled when it is decided.</summary>
    [Fact]
    public void A_request_is_filled_when_it_is_decided_and_the_contact_goes_on()
    {
        var trip = Ada("'method':'put','headers':[{'name':'X-Kind','value':'{{journey.name}}'},{'name':'Authorization','value':'Bearer ','secret':'crm'}],'body':{'points':'{{contact.points}}','total':'{{event.total}}'},'signWith':'ours',").Does("Begin", "{'total':5}");

        var (message, enrolment) = (Assert.Single(trip.Messages), trip.Enrolments[^1]);
        var request = message.Request!;
        Assert.Equal((MessageKey.Of(enrolment.Id, "p", 1, "webhook"), "webhook", "crm.example.org", "PUT https://crm.example.org/contacts/ada%201", MessagePurpose.Transactional), (message.Key, message.Channel, message.Content, message.Address, message.Purpose));
        Assert.Equal(("PUT", "https://crm.example.org/contacts/ada%201", "ours", false), (request.Method, request.Url, request.SignWith, request.WantsAnswer));
        Assert.Equal([new("X-Kind", "Trip", null), new WebHeader("Authorization", "Bearer ", "crm")], request.Headers);
        Assert.Equal("""{"points":12,"total":5}""", Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal(Trip.Monday9am + Duration.FromDays(3), message.Expires);
        Assert.Equal(["p>next", "e>no", "other>completed"], trip.Path);
    }

    /// <summary>Semantics 8.3: whoever was not let in yet is let in by whatever touches them first once the point goes on; nobody passes it without its action.</summary>
    [Fact]
    public void Who_stood_before_it_in_a_pause_does_not_pass_it_unsent()
    {
        var trip = Trip.Through($"{{'m':{{'kind':'sendEmail','content':'hello','purpose':'transactional','next':'p'}},'p':{{'kind':'webhook',{Url},'onFailure':'sorry','next':'done'}},'done':{{'kind':'end','outcome':'successful'}},'sorry':{{'kind':'end','outcome':'unsuccessful'}}}}", "{'kind':'event','id':'in','events':['Begin'],'next':'m'}").HasAddress();
        trip.Dials = trip.Dials with { HeldPoints = ["p"] };
        trip.Does("Begin");
        Assert.Equal("point-paused", trip.Waiting.Wait.Reason);
        trip.Dials = JourneyDials.Running;

        // The open of its mail comes before it is told that the point goes on.
        trip.Run(new Stimulus.MessageFeedback(trip.Ada.Enrolments.Single().Id, trip.Messages[0].Key, FeedbackKind.Opened, null));

        Assert.True(trip.IsInside);
        Assert.Equal(["email", "webhook"], trip.Messages.Select(message => message.Channel));
        Assert.Equal(Outcome.Successful, Settle(trip, MessageStatus.Sent).End.Outcome);
    }

    [Fact]
    public void Without_a_body_it_says_who_it_is_about_and_why()
    {
        var request = Assert.Single(Ada("").Does("Begin", "{'total':5}").Messages).Request!;

        using var json = JsonDocument.Parse(request.Body);
        var data = json.RootElement.GetProperty("data");
        Assert.Equal(("journey.webhook", "trip", "ada 1", 12, 5), (json.RootElement.GetProperty("type").GetString(), data.GetProperty("journey").GetProperty("id").GetString(), data.GetProperty("contact").GetProperty("userId").GetString(),
            data.GetProperty("contact").GetProperty("properties").GetProperty("points").GetInt32(), data.GetProperty("event").GetProperty("total").GetInt32()));
    }

    [Fact]
    public void A_value_stays_in_its_place_of_the_path()
    {
        var trip = With("'method':'delete',");
        trip.Ada.Identities.Add(new(IdentityKind.UserId, ".."));

        Assert.Equal("DELETE https://crm.example.org/contacts/__", Assert.Single(trip.Does("Begin").Messages).Address);
        Assert.Equal("https://crm.example.org/contacts/a%2Fb%3Fc%23d", Assert.Single(Slashes().Messages).Request!.Url);

        static Trip Slashes()
        {
            var slashes = With("'method':'get',");
            slashes.Ada.Identities.Add(new(IdentityKind.UserId, "a/b?c#d"));
            return slashes.Does("Begin");
        }
    }

    /// <summary>Semantics 5.4, 10.5: with into, the contact waits for the answer, which its conditions can ask.</summary>
    [Fact]
    public void The_answer_becomes_journey_data_and_the_contact_goes_on_with_it()
    {
        var trip = Ada("'into':'crm',").Does("Begin", "{'total':5}");
        Assert.Equal(("p", "webhook"), (trip.Waiting.Point, trip.Waiting.Wait.Reason));

        Settle(trip, MessageStatus.Sent, """{"status":200,"body":{"level":"gold"}}""");

        Assert.Equal(["p…", "p>next", "e>yes", "gold>successful"], trip.Path);
        Assert.Equal((Value.Of(200m), Value.Of(5m)), (trip.Enrolments[^1].Data["crm.status"], trip.Enrolments[^1].Data["total"]));
    }

    [Fact]
    public void A_failure_goes_its_own_way_where_there_is_one()
    {
        var trip = Ada("'onFailure':'sorry',").Does("Begin");

        Settle(trip, MessageStatus.Failed);

        Assert.Equal(["p…", "p>failure", "sorry>unsuccessful"], trip.Path);
        Assert.Equal(["p…", "p>next", "e>no", "other>completed"], Settle(Ada("'into':'crm',").Does("Begin"), MessageStatus.Failed, """{"status":404}""").Path);
    }

    /// <summary>Semantics 8.3: what came back in a pause acts when the journey goes on.</summary>
    [Fact]
    public void What_came_back_in_a_pause_acts_at_resume()
    {
        var trip = Ada("'into':'crm','onFailure':'sorry',").Does("Begin");
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, false, Duration.Zero));
        Settle(trip, MessageStatus.Sent, """{"status":200,"body":{"level":"gold"}}""");
        Assert.True(trip.IsInside);

        (trip.Status, trip.Dials) = (JourneyStatus.Live, JourneyDials.Running);
        trip.Run(new Stimulus.JourneyResumed(new("trip")));

        Assert.Equal(["p…", "p>next", "e>yes", "gold>successful"], trip.Path);
    }

    /// <summary>Semantics 16.1: journey data has 64 KB; what does not fit is not kept, and moves the contact all the same.</summary>
    [Fact]
    public void An_answer_that_does_not_fit_is_not_kept()
    {
        var trip = Ada("'into':'crm',").Does("Begin");

        Settle(trip, MessageStatus.Sent, $$"""{"status":200,"body":"{{new string('x', 70_000)}}"}""");

        Assert.Equal(["p…", "p>next", "e>no", "other>completed"], trip.Path);
        Assert.True(trip.Enrolments[^1].Data["crm.status"].IsNone);
    }

    [Fact]
    public void What_is_too_large_fails_at_once()
    {
        var trip = Ada("'body':['{{contact.note}}','{{contact.note}}','{{contact.note}}','{{contact.note}}','{{contact.note}}'],'onFailure':'sorry',");
        trip.Changes(new ContactEdit.SetProperty("note", Value.Of(new string('x', 60_000))));

        Assert.Equal("too-large", Assert.Single(trip.Does("Begin").Messages).Skip);
        Assert.Equal(["p>failure", "sorry>unsuccessful"], trip.Path);
    }
}
