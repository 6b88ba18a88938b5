using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Points that change the contact in one way and go on at once.</summary>
public sealed class AddTagPointTests
{
    [Fact]
    public void The_contact_has_the_tag_and_the_journey_is_over()
    {
        var trip = Trip.Through("{'p':{'kind':'addTag','tag':'customer'}}").Does("Begin");

        Assert.True(trip.Ada.HasTag("customer"));
        Assert.Equal(Outcome.Completed, trip.End.Outcome);
    }
}

public sealed class RemoveTagPointTests
{
    [Fact]
    public void A_tag_is_taken_away_and_what_the_next_point_asks_sees_it() =>
        Assert.Equal(["p>next", "q>no"], Trip.Through("{'p':{'kind':'removeTag','tag':'new','next':'q'},'q':{'kind':'if','condition':{'kind':'tag','name':'new'}}}")
            .Changes(new ContactEdit.AddTag("new")).Does("Begin").Path.Take(2));
}

public sealed class AddToListPointTests
{
    [Fact]
    public void The_contact_is_on_the_list() => Assert.True(Trip.Through("{'p':{'kind':'addToList','list':'customers'}}").Does("Begin").Ada.IsOn("customers"));
}

public sealed class RemoveFromListPointTests
{
    [Fact]
    public void The_contact_is_off_the_list() =>
        Assert.False(Trip.Through("{'p':{'kind':'removeFromList','list':'prospects'}}").Changes(new ContactEdit.JoinList("prospects")).Does("Begin").Ada.IsOn("prospects"));
}

public sealed class SetPropertyPointTests
{
    [Theory]
    [InlineData("'pro'", "pro", ValueKind.Text)]
    [InlineData("12.5", "12.5", ValueKind.Number)]
    [InlineData("true", "true", ValueKind.Boolean)]
    [InlineData("['a','b']", "a, b", ValueKind.Texts)]
    [InlineData("{'date':'2026-01-31'}", "2026-01-31", ValueKind.Date)]
    [InlineData("{'dateTime':'2026-01-31T09:00:00+01:00'}", "2026-01-31T08:00:00Z", ValueKind.DateTime)]
    public void A_property_takes_a_value_of_every_type(string json, string value, ValueKind kind)
    {
        var held = Trip.Through($"{{'p':{{'kind':'setProperty','property':'level','value':{json}}}}}").Does("Begin").Ada.Property("level");

        Assert.Equal((value, kind), (held.ToString(), held.Kind));
    }

    static Trip Filled(string value, string? type) => Trip.Through($"{{'p':{{'kind':'setProperty','property':'level','value':'{value}'{(type is null ? "" : $",'as':'{type}'")}}}}}");

    /// <summary>Fields are filled as in any text of a point, and the result is of the type that the author said.</summary>
    [Theory]
    [InlineData("{{event.total}}", null, "12.50", ValueKind.Text)]
    [InlineData("{{event.total}}", "number", "12.50", ValueKind.Number)]
    [InlineData("{{event.count}}0", "number", "30", ValueKind.Number)]
    [InlineData("Order of {{event.total}}", null, "Order of 12.50", ValueKind.Text)]
    [InlineData("{{event.gift}}", "boolean", "true", ValueKind.Boolean)]
    [InlineData("{{event.at}}", "date", "2026-07-01", ValueKind.Date)]
    [InlineData("{{event.at}}", "dateTime", "2026-06-30T23:30:00Z", ValueKind.DateTime)]
    [InlineData("{{event.day}}", "dateTime", "2026-06-30T23:00:00Z", ValueKind.DateTime)]
    [InlineData("{{event.products.id}}", "texts", "a, b", ValueKind.Texts)]
    [InlineData("{{event.words}}", "texts", "red, blue", ValueKind.Texts)]
    [InlineData("{{default event.nobody \\\"7\\\"}}", "number", "7", ValueKind.Number)]
    public void A_property_takes_what_fields_come_to(string value, string? type, string held, ValueKind kind)
    {
        var trip = Filled(value, type).Does("Begin", "{'total':12.50,'count':3,'gift':true,'at':'2026-06-30T23:30:00Z','day':'2026-07-01','words':'red, blue','products':[{'id':'a'},{'id':'b'}]}");

        Assert.Equal((held, kind, (string?)null), (trip.Ada.Property("level").ToString(), trip.Ada.Property("level").Kind, trip.Details.Single().Detail));
    }

    /// <summary>Semantics 11.3: what is no value of the type leaves the property as it is, and the record says why.</summary>
    [Theory]
    [InlineData("{{event.nobody}}", "number", "nothing")]
    [InlineData("{{event.empty}}", null, "nothing")]
    [InlineData("{{event.name}}", "number", "wrong-type")]
    [InlineData("{{event.name}}", "date", "wrong-type")]
    [InlineData("{{event.name}}", "boolean", "wrong-type")]
    public void What_does_not_fit_leaves_the_property_as_it_is(string value, string? type, string why)
    {
        var trip = Filled(value, type).Changes(new ContactEdit.SetProperty("level", Value.Of("before"))).Does("Begin", "{'name':'Ada','empty':''}");

        Assert.Equal((Value.Of("before"), why), (trip.Ada.Property("level"), trip.Details.Single().Detail));
    }

    [Fact]
    public void A_property_is_taken_away() =>
        Assert.True(Trip.Through("{'p':{'kind':'setProperty','property':'level','clear':true}}").Changes(new ContactEdit.SetProperty("level", Value.Of("pro"))).Does("Begin").Ada.Property("level").IsNone);
}

public sealed class IncreasePropertyPointTests
{
    static Trip By(string by) => Trip.Through($"{{'p':{{'kind':'increaseProperty','property':'score','by':{by}}}}}");

    [Theory]
    [InlineData("5", "12.5", "17.5")]
    [InlineData("-5", "12.5", "7.5")]
    [InlineData("-5", null, "-5")]
    [InlineData("5", "many", "many")]
    [InlineData("1", "79228162514264337593543950335", "79228162514264337593543950335")]
    public void A_number_grows_what_is_none_stays_and_nothing_begins_at_zero(string by, string? before, string after)
    {
        var trip = By(by);
        if (before is not null)
            trip.Changes(new ContactEdit.SetProperty("score", decimal.TryParse(before, System.Globalization.CultureInfo.InvariantCulture, out var number) ? Value.Of(number) : Value.Of(before)));

        trip.Does("Begin");

        Assert.Equal(after, trip.Ada.Property("score").ToString());
        Assert.Equal(before == after ? "not-a-number" : null, trip.Details.Single().Detail);
    }

    [Theory]
    [InlineData("10,'most':100", "85", "95", null)]
    [InlineData("10,'most':100", "90", "100", null)]
    [InlineData("10,'most':100", "95", "100", "limit")]
    [InlineData("10,'most':100", "100", "100", "limit")]
    [InlineData("10,'most':100", "120", "120", "limit")]
    [InlineData("10,'most':5", null, "5", "limit")]
    [InlineData("-10,'least':0", "15", "5", null)]
    [InlineData("-10,'least':0", "5", "0", "limit")]
    [InlineData("-10,'least':0", "-7", "-7", "limit")]
    [InlineData("-10,'least':0,'most':100", "500", "490", null)]
    public void A_score_stays_within_its_limits_and_what_is_beyond_already_stays(string by, string? before, string after, string? told)
    {
        var trip = By(by);
        if (before is not null)
            trip.Changes(new ContactEdit.SetProperty("score", Value.Of(decimal.Parse(before, System.Globalization.CultureInfo.InvariantCulture))));

        trip.Does("Begin");

        Assert.Equal((after, told), (trip.Ada.Property("score").ToString(), trip.Details.Single().Detail));
    }
}

public sealed class IncreaseByWhatIsSaidTests
{
    /// <summary>What a property or a field says is added, times a factor; for whom it says no number, what the author says, or nothing.</summary>
    [Theory]
    [InlineData("'byField':'total'", "{'total':12.5}", "22.5", null)]
    [InlineData("'byField':'total','factor':0.1", "{'total':50}", "15.0", null)]
    [InlineData("'byField':'total','factor':-1", "{'total':'4'}", "6", null)]
    [InlineData("'byField':'total','factor':-1,'least':0", "{'total':12}", "0", "limit")]
    [InlineData("'byField':'total','most':20", "{'total':12}", "20", "limit")]
    [InlineData("'byProperty':'weight'", "{}", "13", null)]
    [InlineData("'byField':'total'", "{'total':'many'}", "10", "no-number")]
    [InlineData("'byField':'total'", "{}", "10", "no-number")]
    [InlineData("'byField':'total','by':1", "{}", "11", null)]
    [InlineData("'byField':'total','factor':10", "{'total':79228162514264337593543950335}", "10", "no-number")]
    public void So_much_is_added_as_a_value_says(string by, string properties, string after, string? told)
    {
        var trip = Trip.Through($"{{'p':{{'kind':'increaseProperty','property':'score',{by}}}}}")
            .Changes(new ContactEdit.SetProperty("score", Value.Of(10m)), new ContactEdit.SetProperty("weight", Value.Of(3m))).Does("Begin", properties);

        Assert.Equal((after, told), (trip.Ada.Property("score").ToString(), trip.Details.Single().Detail));
    }
}

public sealed class CopyPropertyPointTests
{
    [Fact]
    public void A_property_takes_the_value_of_another_or_of_a_field_of_the_starting_event()
    {
        Assert.Equal(Value.Of("pro"), Trip.Through("{'p':{'kind':'copyProperty','into':'old_plan','property':'plan'}}").Changes(new ContactEdit.SetProperty("plan", Value.Of("pro"))).Does("Begin").Ada.Property("old_plan"));
        Assert.Equal(Value.Of(12.5m), Trip.Through("{'p':{'kind':'copyProperty','into':'last_total','field':'cart.total'}}").Does("Begin", "{'cart':{'total':12.5}}").Ada.Property("last_total"));
    }

    [Fact]
    public void Nothing_to_copy_takes_nothing_away()
    {
        var trip = Trip.Through("{'p':{'kind':'copyProperty','into':'old_plan','property':'plan'}}").Changes(new ContactEdit.SetProperty("old_plan", Value.Of("free"))).Does("Begin");

        Assert.Equal((Value.Of("free"), "nothing"), (trip.Ada.Property("old_plan"), trip.Details.Single().Detail));
    }
}

public sealed class SetConsentPointTests
{
    /// <summary>Semantics 10.3: what the next point asks sees it.</summary>
    [Theory]
    [InlineData("given", "sms", ConsentState.Given)]
    [InlineData("refused", null, ConsentState.Refused)]
    public void The_contact_is_subscribed_or_not_from_here_on(string state, string? channel, ConsentState held)
    {
        var trip = Trip.Through($"{{'p':{{'kind':'setConsent','topic':'news','state':'{state}'{(channel is null ? "" : $",'channel':'{channel}'")}}}}}").Does("Begin");

        Assert.Equal(held, trip.Ada.Consents[(channel ?? "email", "news")].Value);
    }
}

public sealed class AddNotePointTests
{
    [Fact]
    public void A_note_is_an_event_with_its_text_filled()
    {
        var noted = Assert.Single(Trip.Through("{'p':{'kind':'addNote','text':' A quote of {{event.total}} \\\"soon\\\" '}}").Does("Begin", "{'total':90}").Recorded);

        Assert.Equal(("note_added", "A quote of 90 \"soon\"", Origin.Journey), (noted.Name, noted.Properties["text"].ToString(), noted.Origin));
    }
}

public sealed class RecordEventPointTests
{
    /// <summary>Semantics 3.7: a real event, with origin journey.</summary>
    [Fact]
    public void A_real_event_of_the_contact_is_recorded_with_its_properties()
    {
        var recorded = Assert.Single(Trip.Through("{'p':{'kind':'recordEvent','event':'Onboarded','properties':{'steps':4}}}").Does("Begin").Recorded);

        Assert.Equal(("Onboarded", "4", Origin.Journey), (recorded.Name, recorded.Properties["steps"].ToString(), recorded.Origin));
    }

    /// <summary>Semantics 3.7: a text that is one field becomes its value, with its type.</summary>
    [Fact]
    public void Properties_may_be_fields()
    {
        var recorded = Assert.Single(Trip.Through("{'p':{'kind':'recordEvent','event':'Rated','properties':{'order':'{{event.id}}','total':'{{event.total}}','said':'{{default contact.city \\\"nowhere\\\"}}: {{event.total}}','deep':{'none':'{{event.nobody}}'}}}}")
            .Does("Begin", "{'id':'A1','total':12.5}").Recorded);

        Assert.Equal("""{"order":"A1","total":12.5,"said":"nowhere: 12.5","deep":{"none":null}}""", System.Text.Encoding.UTF8.GetString(recorded.Properties.Json.Span));
    }

    /// <summary>Semantics 16.1: what would be too large is not recorded, and the record says so.</summary>
    [Fact]
    public void An_event_that_would_be_too_large_is_not_recorded()
    {
        var trip = Trip.Through("{'p':{'kind':'recordEvent','event':'Rated','properties':{'a':'{{event.text}}','b':'{{event.text}}'}}}").Does("Begin", $"{{'text':'{new string('x', 20_000)}'}}");

        Assert.Empty(trip.Recorded);
        Assert.Equal("too-large", trip.Details.Single().Detail);
    }
}
