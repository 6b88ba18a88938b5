using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Who looks after the contact: Semantics 9.2.</summary>
public sealed class AssignOwnerPointTests
{
    const string Two = "{'user':'eva@example.org','weight':2},{'user':'sam@example.org'}";

    static Trip Owner(string users, string more = "") => Trip.Through("{'p':{'kind':'assignOwner','users':[" + users + "]" + more + "}}");

    [Fact]
    public void One_user_is_the_owner_at_once()
    {
        var trip = Owner("{'user':'eva@example.org'}").Does("Begin");

        Assert.Empty(trip.Orders);
        Assert.Equal("eva@example.org", trip.Ada.Property("owner").AsText);
    }

    [Fact]
    public void Of_several_the_one_whose_turn_it_is()
    {
        var trip = Owner(Two).Does("Begin");
        Assert.Equal([("eva@example.org", 2), ("sam@example.org", 1)], Assert.Single(trip.Orders).What!.Among.Select(share => (share.Name, share.Weight)));

        trip.AnsweredWith(new(true, "sam@example.org"));

        Assert.Equal("sam@example.org", trip.Ada.Property("owner").AsText);
        Assert.Contains(("p", 0UL, "sam@example.org"), trip.Details);
    }

    /// <summary>Who is in a team is asked at the arrival; who is named besides keeps the weight.</summary>
    [Fact]
    public void The_members_of_a_team_take_turns_too()
    {
        var trip = Owner("{'user':'sam@example.org','weight':3}", ",'team':'Sales'").HasTeam("Sales", "eva@example.org", "sam@example.org").Does("Begin");

        Assert.Equal([("sam@example.org", 3), ("eva@example.org", 1)], Assert.Single(trip.Orders).What!.Among.Select(share => (share.Name, share.Weight)));
    }

    [Theory]
    [InlineData("eva@example.org", "eva@example.org")]
    [InlineData("", null)]
    public void Of_a_team_of_one_there_is_no_choice_and_of_one_without_members_no_owner(string members, string? owner)
    {
        var trip = Trip.Through("{'p':{'kind':'assignOwner','team':'Sales'}}").HasTeam("Sales", members.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Does("Begin");

        Assert.Empty(trip.Orders);
        Assert.Equal(owner, trip.Ada.Property("owner") is { IsNone: false } found ? found.AsText : null);
        Assert.Equal(["p>next"], trip.Path);
    }

    [Fact]
    public void Who_has_an_owner_keeps_it_where_the_author_says_so()
    {
        var trip = Owner(Two, ",'onlyWithout':true").Changes(new ContactEdit.SetProperty("owner", Value.Of("kim@example.org"))).Does("Begin");

        Assert.Empty(trip.Orders);
        Assert.Equal("kim@example.org", trip.Ada.Property("owner").AsText);
        Assert.Equal(["p>next"], trip.Path);
    }
}
