using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Intake;
using Parcours.Journeys.Contacts;
using static Parcours.Tests.Intake.Readings;

namespace Parcours.Tests.Intake;

/// <summary>What calls mean to the engine.</summary>
public sealed class IntakeMappingTests
{
    static Submission Submitted(string body, IntakeRoute route) => Item(body, route).ToSubmission(SenderRights.Server);

    static SubmissionBody.Received Received(string body, IntakeRoute route) => Assert.IsType<SubmissionBody.Received>(Submitted(body, route).Body);

    [Fact]
    public void An_identify_sets_properties_and_names_the_contact_by_all_it_gives()
    {
        var submission = Submitted("""
            {"userId":7,"anonymousId":"a","messageId":"m","timestamp":"2026-03-02T08:59:58Z","sentAt":"2026-03-02T09:00:00Z",
             "traits":{"email":" Ada@Example.org ","phone":"+41 79 123 45 67","firstName":"Ada","age":36}}
            """, IntakeRoute.Identify);

        var body = Assert.IsType<SubmissionBody.Received>(submission.Body);
        Assert.Null(body.Event);
        Assert.Equal("""{"email":" Ada@Example.org ","phone":"+41 79 123 45 67","firstName":"Ada","age":36}""", Text(body.Traits));
        // Raw: the engine normalises (Semantics 4.3).
        Assert.Equal(
            [new(IdentityKind.UserId, "7"), new(IdentityKind.Email, " Ada@Example.org "), new(IdentityKind.Phone, "+41 79 123 45 67"), new Identity(IdentityKind.AnonymousId, "a")],
            submission.Identities);
        Assert.Equal(("m", At("2026-03-02T08:59:58Z"), At("2026-03-02T09:00:00Z")), (submission.MessageId, submission.Timestamp, submission.SentAt));
        Assert.Equal(Origin.Live, submission.Origin);
    }

    [Theory]
    [InlineData("\"email\":\"not an address\"")]
    [InlineData("\"email\":\"a@\"")]
    [InlineData("\"email\":7")]
    [InlineData("\"email\":null")]
    [InlineData("\"email\":{\"work\":\"a@example.org\"}")]
    [InlineData("\"phone\":\"079 123 45 67\"")]
    [InlineData("\"phone\":\"+41 call me\"")]
    [InlineData("\"phone\":41791234567")]
    [InlineData("\"profile\":{\"email\":\"a@example.org\"}")]
    public void What_is_no_address_and_no_number_names_nobody(string trait) =>
        Assert.Equal([new Identity(IdentityKind.UserId, "u")], Submitted("""{"userId":"u","traits":{@}}""".Replace("@", trait, StringComparison.Ordinal), IntakeRoute.Identify).Identities);

    [Fact]
    public void Objects_inside_traits_become_properties_named_by_their_path() =>
        Assert.Equal(
            """{"address.city":"Zürich","address.geo.lat":47.370,"tags":["a",{"b":1}],"last":1}""",
            Text(Received("""{"userId":"u","traits":{"address":{"city":"Zürich","geo":{"lat":47.370},"empty":{}},"tags":["a",{"b":1}],"last":1}}""", IntakeRoute.Identify).Traits));

    [Fact]
    public void What_the_context_says_fills_what_the_traits_leave_open() =>
        Assert.Equal(
            """{"timezone":"Europe/Zurich","locale":"fr-CH","plan":"gold","age":36,"note":null}""",
            Text(Received("""
                {"userId":"u","traits":{"age":36,"locale":"fr-CH","note":null},"context":{"traits":{"plan":"gold","age":1},"locale":"en","timezone":"Europe/Zurich"}}
                """, IntakeRoute.Identify).Traits));

    [Fact]
    public void An_address_in_the_contexts_traits_names_the_contact_too() =>
        Assert.Contains(new Identity(IdentityKind.Email, "a@example.org"), Submitted("""{"userId":"u","context":{"traits":{"email":"a@example.org"}}}""", IntakeRoute.Identify).Identities);

    [Fact]
    public void An_identify_without_traits_only_names_the_contact() =>
        Assert.True(Received("""{"userId":"u"}""", IntakeRoute.Identify).Traits.IsEmpty);

    [Fact]
    public void A_track_tells_what_happened_and_by_its_contexts_traits_to_whom()
    {
        var submission = Submitted("""{"userId":"u","event":"Order Completed","properties":{"total":12.50},"traits":{"x":1},"context":{"traits":{"email":"a@example.org"}}}""", IntakeRoute.Track);

        var body = Assert.IsType<SubmissionBody.Received>(submission.Body);
        // Traits beside the event are no part of the call; those of its context are.
        Assert.Equal("""{"email":"a@example.org"}""", Text(body.Traits));
        Assert.Equal(("Order Completed", """{"total":12.50}"""), (body.Event, Text(body.Properties)));
        Assert.Equal([new Identity(IdentityKind.UserId, "u"), new Identity(IdentityKind.Email, "a@example.org")], submission.Identities);
    }

    [Theory]
    [InlineData(IntakeRoute.Page, "Page Viewed")]
    [InlineData(IntakeRoute.Screen, "Screen Viewed")]
    public void A_page_and_a_screen_are_events_that_carry_their_name(IntakeRoute route, string name)
    {
        var body = Received("""{"anonymousId":"a","name":"Home","category":"Docs","properties":{"path":"/","name":"its own"}}""", route);

        Assert.Equal((name, """{"path":"/","name":"its own","category":"Docs"}"""), (body.Event, Text(body.Properties)));
    }

    [Fact]
    public void A_page_without_a_name_keeps_its_properties_as_they_came() =>
        Assert.Equal("""{ "path": "/" }""", Text(Received("""{"anonymousId":"a","properties":{ "path": "/" }}""", IntakeRoute.Page).Properties));

    [Fact]
    public void A_group_call_is_an_event_with_the_groups_traits()
    {
        var body = Received("""{"userId":"u","groupId":5,"traits":{"name":"Initech"}}""", IntakeRoute.Group);

        Assert.Equal(("Group Joined", """{"groupId":"5","traits":{"name":"Initech"}}"""), (body.Event, Text(body.Properties)));
        Assert.True(body.Traits.IsEmpty);
    }

    [Fact]
    public void An_alias_names_both_whatever_the_earlier_id_was()
    {
        var submission = Submitted("""{"userId":"u","previousId":"old"}""", IntakeRoute.Alias);

        Assert.IsType<SubmissionBody.Alias>(submission.Body);
        Assert.Equal([new(IdentityKind.UserId, "u"), new(IdentityKind.UserId, "old"), new Identity(IdentityKind.AnonymousId, "old")], submission.Identities);
    }

    [Fact]
    public void The_rights_of_the_key_go_with_what_it_sends() =>
        Assert.Equal(SenderRights.Public, Item("""{"anonymousId":"a","event":"e"}""").ToSubmission(SenderRights.Public).Rights);
}
