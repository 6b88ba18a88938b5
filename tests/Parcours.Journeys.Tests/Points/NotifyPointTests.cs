using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Tests.Points;

public sealed class NotifyPointTests
{
    static Trip With(string fields) => Trip.Through($"{{'p':{{'kind':'notify',{fields},'next':'e'}},'e':{{'kind':'end','outcome':'completed'}}}}");

    /// <summary>Semantics 3.7: what a step tells has the id of enrolment, point and visit.</summary>
    [Fact]
    public void Users_are_told_in_the_author_s_words_and_the_contact_goes_on()
    {
        var trip = With("'text':'An order of {{event.total}}','to':['eva@example.org','ian@example.org']").Does("Begin", "{'total':900}");

        var (told, enrolment) = (Assert.Single(trip.Notifications), trip.Enrolments[^1]);
        Assert.Equal((NotificationId.Of(enrolment.Id, "p", 1), enrolment.Id, "p", "An order of 900", Trip.Monday9am), (told.Id, told.Enrolment, told.Point, told.Text, told.DecidedAt));
        Assert.Equal(["eva@example.org", "ian@example.org"], told.To);
        Assert.Equal(["p>next", "e>completed"], trip.Path);
    }

    /// <summary>Who looks after the contact is told beside the others, once; without an owner those who are named, or all.</summary>
    [Theory]
    [InlineData("eva@example.org", "'to':['ian@example.org'],", "ian@example.org eva@example.org")]
    [InlineData("ian@example.org", "'to':['ian@example.org'],", "ian@example.org")]
    [InlineData("eva@example.org", "", "eva@example.org")]
    [InlineData(null, "", "")]
    public void The_owner_is_told(string? owner, string to, string told)
    {
        var trip = With($"'text':'Look',{to}'toOwner':true");
        if (owner is not null)
            trip.Changes(new ContactEdit.SetProperty("owner", Value.Of(owner)));

        Assert.Equal(told, string.Join(' ', Assert.Single(trip.Does("Begin").Notifications).To));
    }

    /// <summary>Who is in a team at that moment is told, once however they are named; a team without members is nobody, and not all.</summary>
    [Theory]
    [InlineData("'toTeams':['Sales']", "eva@example.org sam@example.org", "eva@example.org sam@example.org")]
    [InlineData("'to':['sam@example.org'],'toTeams':['Sales','Gone']", "eva@example.org sam@example.org", "sam@example.org eva@example.org")]
    [InlineData("'toTeams':['Sales']", "", null)]
    public void The_members_of_teams_are_told(string to, string members, string? told)
    {
        var trip = With($"'text':'Look',{to}").HasTeam("Sales", members.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Does("Begin");

        Assert.Equal(told, trip.Notifications.Select(notification => string.Join(' ', notification.To)).SingleOrDefault());
        Assert.Equal(["p>next", "e>completed"], trip.Path);
    }

    [Fact]
    public void Without_names_everybody_is_told() => Assert.Empty(Assert.Single(With("'text':'Look'").Does("Begin").Notifications).To);

    [Fact]
    public void A_text_is_no_longer_than_people_read() =>
        Assert.Equal(NotifyPoint.TextLengthMax, Assert.Single(With("'text':'{{event.note}}'").Does("Begin", $"{{'note':'{new string('x', 5_000)}'}}").Notifications).Text.Length);

    /// <summary>Semantics 3.8: of a step that throws nothing stays.</summary>
    [Fact]
    public void A_run_that_fails_later_tells_nobody()
    {
        var ada = new Story(new StoryJourney("told").StartsOn("begin").Does("tell", context => new Effect.Notify(new(
            NotificationId.Of(context.Enrolment.Id, "tell", context.Visit), context.Enrolment.Id, context.Enrolment.Journey, "tell", "Look", [], context.Now))).Throws("boom"));

        ada.Does("begin");

        Assert.Single(ada.Last.Alerts);
        Assert.Empty(ada.Last.Notifications);
    }
}
