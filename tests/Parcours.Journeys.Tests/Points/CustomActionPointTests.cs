using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Tests.Points;

public sealed class CustomActionPointTests
{
    static JsonElement Json(string json) => JsonDocument.Parse(json.Replace('\'', '"')).RootElement.Clone();

    static readonly ActionInput[] Inputs = [new("note", ActionInputType.Text, true, null, []), new("level", ActionInputType.Choice, false, Json("'low'"), ["low", "high"]), new("count", ActionInputType.Number, false, null, [])];

    static CustomAction Action(string? body = null, ActionOutput[]? outputs = null, WebhookMethod method = WebhookMethod.Post) => new(
        "crm-note", "Note in the CRM", method, "https://crm.example.org/{{contact.user_id}}/{{input.level}}", [new() { Name = "X-Note", Value = "{{input.note}}", Secret = "crm" }], body is null ? null : Json(body), "ours", Inputs, outputs ?? []);

    static Trip With(CustomAction action, string fields = "'inputs':{'note':'About {{event.total}}','count':'{{event.total}}'},", string failure = "")
    {
        var trip = Trip.Through(
            $"{{'p':{{'kind':'customAction','action':'crm-note',{fields}'next':'e'{failure}}},'e':{{'kind':'if','condition':{{'kind':'field','name':'crm-note.level','is':'equals','value':'gold'}},'then':'gold','else':'other'}},"
            + "'gold':{'kind':'end','outcome':'successful'},'other':{'kind':'end','outcome':'completed'}" + (failure.Length > 0 ? ",'sorry':{'kind':'end','outcome':'unsuccessful'}}" : "}"));
        trip.Declares(action).Ada.Identities.Add(new(IdentityKind.UserId, "ada"));
        return trip;
    }

    static Trip Settle(Trip trip, MessageStatus status, string answer = "") =>
        trip.Run(new Stimulus.MessageSettled(trip.Ada.Enrolments.Single().Id, trip.Messages[^1].Key, status, null) { Answer = Encoding.UTF8.GetBytes(answer.Replace('\'', '"')) });

    /// <summary>Semantics 5.4: it is a webhook with the declaration's address, and says what it says when it was decided.</summary>
    [Fact]
    public void The_request_is_made_of_the_declaration_with_inputs_and_defaults()
    {
        var trip = With(Action()).Does("Begin", "{'total':5}");

        var message = Assert.Single(trip.Messages);
        Assert.Equal(("webhook", "crm.example.org", "Note in the CRM: POST https://crm.example.org/ada/low"), (message.Channel, message.Content, message.Address));
        Assert.Equal(("POST", "https://crm.example.org/ada/low", "ours", false), (message.Request!.Method, message.Request.Url, message.Request.SignWith, message.Request.WantsAnswer));
        Assert.Equal([new WebHeader("X-Note", "About 5", "crm")], message.Request.Headers);
        Assert.Equal("""{"note":"About 5","level":"low","count":5}""", Encoding.UTF8.GetString(message.Request.Body.Span));
        Assert.Equal(["p>next", "e>no", "other>completed"], trip.Path);
    }

    [Fact]
    public void A_body_of_its_own_is_filled_and_an_input_that_is_empty_takes_the_default()
    {
        var trip = With(Action("{'data':{'n':'{{input.note}}','who':'{{contact.user_id}}','l':'{{input.level}}','c':'{{input.count}}'}}"), "'inputs':{'note':'x','level':'{{contact.wish}}','count':'{{event.none}}'},").Does("Begin");

        Assert.Equal("""{"data":{"n":"x","who":"ada","l":"low","c":null}}""", Encoding.UTF8.GetString(trip.Messages[0].Request!.Body.Span));
        Assert.True(With(Action(method: WebhookMethod.Get)).Does("Begin").Messages[0].Request!.Body.IsEmpty);
    }

    /// <summary>Semantics 5.4, 10.5: with outputs the contact waits for the answer, of which they become journey data.</summary>
    [Fact]
    public void Its_outputs_become_journey_data_and_the_contact_goes_on_with_them()
    {
        var trip = With(Action(outputs: [new("level", "/data/0/level"), new("missing", "/nothing")])).Does("Begin", "{'total':5}");
        Assert.Equal(("p", "webhook"), (trip.Waiting.Point, trip.Waiting.Wait.Reason));
        Assert.True(trip.Messages[0].Request!.WantsAnswer);

        Settle(trip, MessageStatus.Sent, "{'status':200,'body':{'data':[{'level':'gold','secret':'not asked for'}]}}");

        Assert.Equal("""{"total":5,"crm-note":{"status":200,"level":"gold"}}""", Encoding.UTF8.GetString(trip.Enrolments[^1].Data.Json.Span));
        Assert.Equal(["gold>successful"], trip.Path[^1..]);
    }

    [Fact]
    public void A_failure_has_its_branch_and_an_action_that_is_not_there_fails()
    {
        Assert.Equal(["p>failure", "sorry>unsuccessful"], Settle(With(Action(), failure: ",'onFailure':'sorry'").Does("Begin"), MessageStatus.Failed).Path[^2..]);
        Assert.Equal(["p>next", "e>no"], Settle(With(Action(), failure: ",'onFailure':'sorry'").Does("Begin"), MessageStatus.Sent).Path[^3..^1]);

        var gone = With(new("other", null, WebhookMethod.Post, "https://crm.example.org", [], null, null, [], []), failure: ",'onFailure':'sorry'").Does("Begin");
        Assert.Empty(gone.Messages);
        Assert.Equal(["p>failure", "sorry>unsuccessful"], gone.Path);
    }

    [Fact]
    public void A_declaration_tells_every_problem_at_once()
    {
        var problems = new List<Problem>();
        CustomActionCheck.Check(
            "https://{{input.host}}/x", WebhookMethod.Get, [new() { Name = "Host", Value = "{{event.x}}" }], Json("{}"), null,
            [new("a b", ActionInputType.Choice, false, Json("3"), []), new("n", ActionInputType.Number, false, Json("'{{input.x}}'"), []), new("n", ActionInputType.Text, false, null, [])],
            [new("status", "data.score")], AnyReferences.Instance, problems);

        Assert.Equal(
            ["webhook.url", "webhook.header", "text.field", "webhook.body", "action.name", "action.choices", "action.input-type", "action.input-type", "name.taken", "action.output", "name.taken"],
            problems.Select(problem => problem.Code));
    }

    [Fact]
    public void What_its_author_says_is_checked_against_the_declaration()
    {
        Assert.Equal(["action.missing"], Codes("'action':'other'"));
        Assert.Equal(["action.input-missing"], Codes("'action':'crm-note'"));
        Assert.Equal(["action.input-type", "action.input-type", "action.input-unknown"], Codes("'action':'crm-note','inputs':{'note':true,'wrong':1,'level':'middle'}"));
        Assert.Equal(["text.field", "webhook.into"], Codes("'action':'crm-note','into':'a b','inputs':{'note':'{{x'}"));
        Assert.Empty(Codes("'action':'crm-note','inputs':{'note':'n','level':'{{contact.level}}','count':3}"));

        static IEnumerable<string> Codes(string fields) => JourneyCheck.Check(
            Encoding.UTF8.GetBytes($"{{'format':1,'id':'trip','name':'Trip','start':[{{'kind':'event','id':'in','events':['Begin'],'next':'p'}}],'points':{{'p':{{'kind':'customAction',{fields},'next':'e'}},'e':{{'kind':'end','outcome':'completed'}}}}}}".Replace('\'', '"')),
            new One()).Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Code).Order(StringComparer.Ordinal);
    }

    /// <summary>An installation with one action.</summary>
    sealed class One : IReferences
    {
        public ReferenceState Content(string channel, string name) => ReferenceState.Live;
        public ReferenceState Segment(string name) => ReferenceState.Live;
        public ReferenceState Journey(string id) => ReferenceState.Live;
        public bool List(string name) => true;
        public IReadOnlyList<string> JourneysByStage(string property) => [];
        public Topic? Topic(string name) => null;
        public ValueKind? PropertyType(string name) => null;
        public CustomAction? Action(string name) => name == "crm-note" ? CustomActionPointTests.Action() : null;
    }
}
