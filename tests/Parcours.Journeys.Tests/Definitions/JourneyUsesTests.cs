using System.Text;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>Semantics 6.1: all that a definition names is known, so that nothing is deleted under it.</summary>
public sealed class JourneyUsesTests
{
    static string[] Uses(string point, string settings = "{}", string start = "{'kind':'hand','id':'in','next':'p'}") =>
        [.. JourneyUses.Of(Encoding.UTF8.GetBytes($"{{'format':1,'id':'j','name':'J','settings':{settings},'start':[{start}],'points':{{'p':{point}}}}}".Replace('\'', '"'))).Select(use => $"{use.Place ?? "settings"}: {use.Kind} {use.Name}")];

    const string End = "{'kind':'end','outcome':'completed'}";

    [Theory]
    [InlineData("{'kind':'if','condition':{'kind':'all','of':[{'kind':'segment','name':'vip'},{'kind':'not','of':{'kind':'list','name':'staff'}}]}}", "Segment vip", "List staff")]
    [InlineData("{'kind':'branch','paths':[{'name':'a','condition':{'kind':'property','name':'plan','is':'known'}},{'name':'b','condition':{'kind':'tag','name':'gold'}}]}", "Property plan", "Tag gold")]
    [InlineData("{'kind':'switch','property':'plan','paths':[{'name':'a','values':['pro']}]}", "Property plan")]
    [InlineData("{'kind':'waitUntilTrue','condition':{'kind':'any','of':[{'kind':'journey','journey':'other'},{'kind':'consent','channel':'email','topic':'news','is':'given'}]}}", "Journey other", "Topic news")]
    [InlineData("{'kind':'waitFor','activities':[{'kind':'segmentEntered','segment':'vip'},{'kind':'journeyLeft','journey':'other'},{'kind':'event','events':['Paid','Refunded']}]}", "Segment vip", "Journey other", "Event Paid", "Event Refunded")]
    [InlineData("{'kind':'waitForFirst','paths':[{'name':'a','activities':[{'kind':'listLeft','list':'staff'}]},{'name':'b','activities':[{'kind':'propertyBecomes','property':'plan'}]}]}", "List staff", "Property plan")]
    [InlineData("{'kind':'addToList','list':'staff'}", "List staff")]
    [InlineData("{'kind':'removeFromList','list':'staff'}", "List staff")]
    [InlineData("{'kind':'end','outcome':'successful','addToList':'staff'}", "List staff")]
    [InlineData("{'kind':'addTag','tag':'gold'}", "Tag gold")]
    [InlineData("{'kind':'setProperty','property':'plan','value':'pro'}", "Property plan")]
    [InlineData("{'kind':'increaseProperty','property':'score','by':1}", "Property score")]
    [InlineData("{'kind':'copyProperty','property':'plan','into':'before'}", "Property before", "Property plan")]
    [InlineData("{'kind':'delay','for':'P1D','property':'pace'}", "Property pace")]
    [InlineData("{'kind':'waitUntilDate','property':'renews_on','time':'09:00'}", "Property renews_on")]
    [InlineData("{'kind':'experiment','paths':[{'name':'a','share':50},{'name':'b','share':50}],'goal':{'kind':'segmentEntered','segment':'vip'},'within':'P7D'}", "Segment vip")]
    [InlineData("{'kind':'sendEmail','content':'hello','topic':'news'}", "Content hello", "Topic news")]
    [InlineData("{'kind':'setConsent','topic':'news','state':'given'}", "Topic news")]
    [InlineData("{'kind':'startJourney','journey':'other'}", "Journey other")]
    [InlineData("{'kind':'stopJourney','journey':'other'}", "Journey other")]
    [InlineData("{'kind':'runJourney','journey':'other','paths':[{'name':'a','outcomes':['successful']}]}", "Journey other")]
    [InlineData("{'kind':'coupon','pool':'spring'}", "Pool spring")]
    [InlineData("{'kind':'assignOwner','users':[{'user':'eva@example.org'},{'user':'max@example.org'}]}", "Property owner", "User eva@example.org", "User max@example.org")]
    [InlineData("{'kind':'createTask','title':'Call {{contact.first_name}} at {{contact.phone}}','assignee':'eva@example.org','toOwner':true}", "Property owner", "Property first_name", "User eva@example.org")]
    [InlineData("{'kind':'notify','text':'{{event.total}}','to':['eva@example.org']}", "User eva@example.org")]
    [InlineData("{'kind':'assignOwner','team':'Sales'}", "Property owner", "Team Sales")]
    [InlineData("{'kind':'createTask','title':'Call','team':'Sales','inTurn':true}", "Team Sales")]
    [InlineData("{'kind':'notify','text':'Look','toTeams':['Sales','Support']}", "Team Sales", "Team Support")]
    [InlineData("{'kind':'addNote','text':'Is {{default contact.plan \\\"new\\\"}}'}", "Property plan")]
    [InlineData("{'kind':'recordEvent','event':'Thanked'}", "Event Thanked")]
    [InlineData("{'kind':'webhook','url':'https://crm.example.org/{{contact.crm_id}}','headers':[{'name':'Authorization','secret':'crm'}],'signWith':'mine','body':{'plan':'{{contact.plan}}'}}", "Property crm_id", "Secret crm", "Property plan", "Secret mine")]
    [InlineData("{'kind':'customAction','action':'score','inputs':{'who':'{{contact.name}}'}}", "Action score", "Property name")]
    public void A_point_names_what_it_uses(string point, params string[] uses) => Assert.Equal(uses.Select(use => $"p: {use}").Order(), Uses(point).Order());

    [Fact]
    public void The_settings_name_what_they_use() => Assert.Equal(
        ["settings: List staff", "settings: Property plan", "settings: Property stage", "settings: Segment vip", "settings: Tag gold", "settings: Topic news"],
        Uses("{'kind':'stage','values':['a']}", "{'eligibility':{'kind':'segment','name':'vip'},'exclusions':{'kind':'list','name':'staff'},'goal':{'kind':'tag','name':'gold'},'exits':[{'name':'x','when':{'kind':'property','name':'plan','is':'known'}}],'stageProperty':'stage','email':{'topic':'news'}}").Order());

    [Theory]
    [InlineData("{'kind':'segmentEntered','id':'in','segment':'vip','filter':{'kind':'list','name':'staff'},'next':'p'}", "Segment vip", "List staff")]
    [InlineData("{'kind':'tagAdded','id':'in','tag':'gold','next':'p'}", "Tag gold")]
    [InlineData("{'kind':'journeyLeft','id':'in','journey':'other','next':'p'}", "Journey other")]
    [InlineData("{'kind':'date','id':'in','property':'birthday','yearly':true,'time':'09:00','next':'p'}", "Property birthday")]
    [InlineData("{'kind':'cartAbandoned','id':'in','events':['Filled'],'unless':['Paid'],'next':'p'}", "Event Filled", "Event Paid")]
    public void A_starting_point_names_what_it_uses(string start, params string[] uses) => Assert.Equal(uses.Select(use => $"in: {use}").Order(), Uses(End, start: start).Order());

    [Fact]
    public void Where_the_contacts_own_zone_counts_the_properties_that_say_it_are_used() => Assert.Contains("p: Property timezone", Uses("{'kind':'waitUntil','time':'09:00','zone':'contact'}"));

    [Fact]
    public void A_journey_that_asks_for_itself_uses_no_other() => Assert.Empty(Uses(End, "{'exclusions':{'kind':'journey','journey':'j'}}"));

    [Fact]
    public void Of_a_draft_that_cannot_be_read_as_a_whole_the_rest_is_known() => Assert.Equal(["in: Segment vip"], Uses("{'kind':'moon'}", start: "{'kind':'segmentEntered','id':'in','segment':'vip','next':'p'}"));

    [Fact]
    public void A_segments_condition_names_what_it_uses() => Assert.Equal(
        [new(UsedKind.Segment, "vip", null), new(UsedKind.Journey, "other", null), new(UsedKind.Event, "Paid", null)],
        JourneyUses.Of(new Condition.Any([new Condition.Segment("vip"), new Condition.Not(new Condition.Journey("other")), new Condition.Event(["Paid"])])));
}
