using System.Reflection;
using System.Text;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>Check for errors: every problem at once, with stable codes.</summary>
public sealed class JourneyCheckTests
{
    /// <summary>A small installation.</summary>
    sealed class Some : IReferences
    {
        public ReferenceState Content(string channel, string name) => name switch { "hello" => ReferenceState.Live, "draft" => ReferenceState.NotLive, _ => ReferenceState.Missing };
        public ReferenceState Segment(string name) => name switch { "vip" => ReferenceState.Live, "filling" => ReferenceState.NotLive, _ => ReferenceState.Missing };
        public IReadOnlyList<string> JourneysByStage(string property) => property == "age" ? ["other"] : [];
        public JourneySettings? SettingsOf(string journey) => new() { Eligibility = new Parcours.Journeys.Conditions.Condition.List("customers") };
        public ReferenceState Journey(string id) => id switch { "other" => ReferenceState.Live, "unborn" => ReferenceState.NotLive, _ => ReferenceState.Missing };
        public bool List(string name) => name == "customers";
        public bool Secret(string name) => name == "crm";
        public bool Pool(string name) => name == "spring";
        public bool Team(string name) => name == "Sales";
        public CustomAction? Action(string name) => name == "score" ? new("score", null, default, "https://crm.example.org", [], null, null, [new("who", ActionInputType.Text, true, null, []), new("depth", ActionInputType.Number, false, null, [])], []) : null;
        public bool User(string email) => email == "eva@example.org";
        public Topic? Topic(string name) => name == "news" ? new(name, UnknownConsent.NeedsGiven) : null;
        public ValueKind? PropertyType(string name) => name switch { "plan" => ValueKind.Text, "age" => ValueKind.Number, _ => null };
        public bool Property(string name) => name == "country" || PropertyType(name) is not null;
    }

    static CheckedJourney Check(string json) => JourneyCheck.Check(Encoding.UTF8.GetBytes(json.Replace('\'', '"')), new Some());
    static string Journey(string points, string start = "{'kind':'hand','id':'in','next':'p'}", string settings = "{}") =>
        $"{{'format':1,'id':'j','name':'J','settings':{settings},'start':[{start}],'points':{points}}}";
    static string Stages(string points, string next = "'takesImports':true", string property = "plan", string? more = null) =>
        Journey($"{{{points},'q':{{'kind':'delay','for':'P1D'}}}}", $"{{'kind':'hand','id':'in',{next}}}", $"{{'stageProperty':'{property}'{(more is null ? "" : "," + more)}}}");
    static string Point(string fields) => Journey($"{{'p':{{{fields}}},'e':{{'kind':'end','outcome':'completed'}},'q':{{'kind':'delay','for':'P1D','next':'e'}}}}", "{'kind':'hand','id':'in','next':'p'},{'kind':'hand','id':'in2','next':'q'}");
    static string ExperimentOf(string goal, string fields = "", string paths = "{'name':'a','share':50,'next':'e'},{'name':'b','share':50,'next':'e'}", string within = "P7D") =>
        $"{{'kind':'experiment','paths':[{paths}],'goal':{{{goal}}},'within':'{within}'{(fields.Length > 0 ? "," : "")}{fields}}}";
    static string Experiment(string fields = "", string paths = "{'name':'a','share':50,'next':'e'},{'name':'b','share':50,'next':'e'}", string within = "P7D", string goal = "'kind':'event','events':['Paid']") => Point(ExperimentOf(goal, fields, paths, within)[1..^1]);
    static string Settings(string settings) => Journey("{'p':{'kind':'end','outcome':'completed'}}", settings: settings);

    /// <summary>Two journeys on one property are told of only where somebody can be in both: the other takes the list of customers, unless they are barred.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("'eligibility':{'kind':'list','name':'customers'}", true)]
    [InlineData("'eligibility':{'kind':'list','name':'prospects'}", false)]
    [InlineData("'eligibility':{'kind':'segment','name':'customers'}", false)]
    [InlineData("'eligibility':{'kind':'any','of':[{'kind':'list','name':'prospects'},{'kind':'list','name':'customers'}]}", true)]
    [InlineData("'eligibility':{'kind':'all','of':[{'kind':'tag','name':'x'},{'kind':'list','name':'prospects'}]}", false)]
    [InlineData("'eligibility':{'kind':'any','of':[{'kind':'list','name':'prospects'},{'kind':'property','name':'plan','is':'known'}]}", true)]
    [InlineData("'eligibility':{'kind':'any','of':[{'kind':'list','name':'prospects'},{'kind':'list','name':'customers'}]},'exclusions':{'kind':'list','name':'customers'}", false)]
    public void Journeys_on_one_property_are_told_of_where_they_share_people(string settings, bool told)
    {
        var json = Journey("{'p':{'kind':'stage','values':[1],'next':'q'},'q':{'kind':'delay','for':'P1D'}}", "{'kind':'hand','id':'in'}", $"{{'stageProperty':'age'{(settings.Length > 0 ? "," : "")}{settings}}}");

        Assert.Equal(told, Check(json).Problems.Any(problem => problem.Code == ProblemCodes.StageShared));
    }

    static string Wide(int points) =>
        Journey("{" + string.Join(",", Enumerable.Range(0, points).Select(n => $"'{(n == 0 ? "p" : $"p{n}")}':{{'kind':'delay','for':'P1D','next':'p{n + 1}'}}")) + $",'p{points}':{{'kind':'end','outcome':'completed'}}}}");

    /// <summary>Code, place, document.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "json.malformed", "", "{'format':1," },
        { "json.too-large", "", new string(' ', DocumentReader.BytesMax + 1) },
        { "format.unknown", "/format", Point("'kind':'end','outcome':'completed'").Replace("'format':1", "'format':2", StringComparison.Ordinal) },
        { "field.unknown", "/points/p/colour", Point("'kind':'end','outcome':'completed','colour':'red'") },
        { "field.unknown", "/settings/goals", Settings("{'goals':[]}") },
        { "field.unknown", "/nonsense~1~0", Settings("{}")[..^1] + ",'nonsense/~':1}" },
        { "field.missing", "/points/p", Point("'kind':'addTag','next':'e'") },
        { "field.missing", "", "{'format':1,'id':'j','start':[],'points':{}}" },
        { "field.duplicate", "/points/p/tag", Point("'kind':'addTag','tag':'a','tag':'b','next':'e'") },
        { "field.duplicate", "/points/p", Journey("{'p':{'kind':'end','outcome':'completed'},'p':{'kind':'end','outcome':'completed'}}") },
        { "field.type", "/points/p/tag", Point("'kind':'addTag','tag':7,'next':'e'") },
        { "field.type", "/points/p/tag", Point("'kind':'addTag','tag':null,'next':'e'") },
        { "field.type", "/points/p/paths", Point("'kind':'split','paths':{}") },
        { "field.type", "/points/p/activities/0", Point("'kind':'waitFor','activities':[null],'next':'e'") },
        { "field.type", "/settings/priority", Settings("{'priority':1.5}") },
        { "field.type", "/map", Settings("{}")[..^1] + ",'map':7}" },
        { "field.value", "/points/p/for", Point("'kind':'delay','for':'2 days','next':'e'") },
        { "field.value", "/points/p/at", Point("'kind':'waitUntil','at':'2026-02-30T09:00:00Z','next':'e'") },
        { "field.value", "/points/p/date", Point("'kind':'waitUntil','date':'2026-02-30','time':'09:00','next':'e'") },
        { "field.value", "/points/p/time", Point("'kind':'waitUntil','date':'2026-02-28','time':'25:00','next':'e'") },
        { "field.value", "/points/p/days/1", Point("'kind':'waitUntil','days':['monday','none'],'time':'09:00','next':'e'") },
        { "field.value", "/points/p/outcome", Point("'kind':'end','outcome':'happy'") },
        { "kind.missing", "/points/p", Point("'tag':'a'") },
        { "kind.unknown", "/points/p/kind", Point("'kind':'teleport'") },
        { "kind.unknown", "/start/0/kind", Journey("{}", "{'kind':'teleport'}") },
        { "kind.unknown", "/points/p/condition/kind", Point("'kind':'if','condition':{'kind':'teleport'},'then':'e','else':'e'") },
        { "id.invalid", "/id", Point("'kind':'end','outcome':'completed'").Replace("'id':'j'", "'id':'My Journey'", StringComparison.Ordinal) },
        { "id.invalid", "/points/p q", Journey("{'p q':{'kind':'end','outcome':'completed'}}", "{'kind':'hand','id':'in','next':'p q'}") },
        { "id.taken", "/start/0/id", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'hand','id':'p','next':'p'}") },
        { "name.empty", "/points/p/tag", Point("'kind':'addTag','tag':' ','next':'e'") },
        { "name.too-long", "/points/p/tag", Point($"'kind':'addTag','tag':'{new string('t', 201)}','next':'e'") },
        { "name.taken", "/points/p/paths/1/name", Point("'kind':'split','paths':[{'name':'a','share':50,'next':'e'},{'name':'a','share':50,'next':'e'}]") },
        { "name.taken", "/settings/exits/1/name", Settings("{'exits':[{'name':'a','when':{'kind':'tag','name':'t'}},{'name':'a','when':{'kind':'tag','name':'u'}}]}") },
        { "start.none", "/start", Journey("{}", "") },
        { "point.too-many", "/points", Wide(500) },
        { "point.unreachable", "/points/x", Journey("{'p':{'kind':'end','outcome':'completed'},'x':{'kind':'end','outcome':'completed'}}") },
        { "target.missing", "/points/p/then", Point("'kind':'if','condition':{'kind':'tag','name':'t'},'then':'nowhere','else':'e'") },
        { "target.missing", "/start/0/next", Journey("{}", "{'kind':'hand','id':'in','next':'nowhere'}") },
        { "target.missing", "/points/p/target", Point("'kind':'goTo','target':'nowhere'") },
        { "target.none", "/points/p/next", Point("'kind':'addTag','tag':'t'") },
        { "target.none", "/points/p/onTimeout", Point("'kind':'waitFor','activities':[{'kind':'tagAdded','tag':'t'}],'timeout':'P1D','next':'e'") },
        { "loop.no-wait", "/points/p", Point("'kind':'goTo','target':'p'") },
        { "loop.no-wait", "/points/p", Journey("{'p':{'kind':'addTag','tag':'t','next':'w'},'w':{'kind':'waitUntil','at':'2026-03-01T00:00:00Z','next':'p'}}") },
        { "wait.not-positive", "/points/p/for", Point("'kind':'delay','for':'PT0S','next':'e'") },
        { "wait.too-long", "/points/p/for", Point("'kind':'delay','for':'P1826D','next':'e'") },
        { "until.one", "/points/p", Point("'kind':'waitUntil','next':'e'") },
        { "until.one", "/points/p/zone", Point("'kind':'waitUntil','at':'2026-03-01T00:00:00Z','zone':'contact','next':'e'") },
        { "until.time", "/points/p/time", Point("'kind':'waitUntil','days':['monday'],'next':'e'") },
        { "until.days", "/points/p/days", Point("'kind':'waitUntil','days':[],'time':'09:00','next':'e'") },
        { "zone.unknown", "/points/p/zone", Point("'kind':'waitUntil','days':['monday'],'time':'09:00','zone':'Mars/Olympus','next':'e'") },
        { "zone.unknown", "/settings/timeZone", Settings("{'timeZone':'CET+1'}") },
        { "window.days", "/points/p/window/days", Point("'kind':'sendEmail','content':'hello','topic':'news','window':{'days':[]},'next':'e'") },
        { "window.times", "/points/p/window/until", Point("'kind':'sendEmail','content':'hello','topic':'news','window':{'from':'09:00'},'next':'e'") },
        { "window.spread", "/points/p/window/spread", Point("'kind':'sendEmail','content':'hello','topic':'news','window':{'from':'09:00','until':'18:00','spread':'P2D'},'next':'e'") },
        { "window.times", "/settings/email/window/from", Settings("{'email':{'topic':'news','window':{'until':'09:00'}}}") },
        { "window.expires", "/settings/email/window", Settings("{'email':{'topic':'news','expiresAfter':'P1D','window':{'days':['monday']}}}") },
        { "window.expires", "/points/p/window", Point("'kind':'sendEmail','content':'hello','topic':'news','expiresAfter':'PT15H','window':{'from':'09:00','until':'18:00'},'next':'e'") },
        { "zone.unknown", "/points/p/window/zone", Point("'kind':'sendEmail','content':'hello','topic':'news','window':{'zone':'Mars/Olympus'},'next':'e'") },
        { "field.value", "/points/p/window/outside", Point("'kind':'sendEmail','content':'hello','topic':'news','window':{'outside':'throw'},'next':'e'") },
        { "paths.count", "/points/p/paths", Point("'kind':'branch','paths':[],'otherwise':'e'") },
        { "name.taken", "/points/p/paths/0/name", Point("'kind':'branch','paths':[{'name':'otherwise','condition':{'kind':'tag','name':'t'},'next':'e'}],'otherwise':'e'") },
        { "name.taken", "/points/p/paths/1/values/0", Point("'kind':'switch','property':'plan','paths':[{'name':'a','values':['x'],'next':'e'},{'name':'b','values':['x'],'next':'e'}],'otherwise':'e'") },
        { "values.none", "/points/p/paths/0/values", Point("'kind':'switch','property':'plan','paths':[{'name':'a','values':[],'next':'e'}],'otherwise':'e'") },
        { "value.type", "/points/p/paths/0/values/0", Point("'kind':'switch','property':'age','paths':[{'name':'a','values':['x'],'next':'e'}],'otherwise':'e'") },
        { "value.source", "/points/p/property", Point("'kind':'switch','property':'plan','field':'plan','paths':[{'name':'a','values':['x'],'next':'e'}],'otherwise':'e'") },
        { "value.source", "/points/p/property", Point("'kind':'copyProperty','into':'plan','next':'e'") },
        { "value.zero", "/points/p/by", Point("'kind':'increaseProperty','property':'age','by':0,'next':'e'") },
        { "value.zero", "/points/p/factor", Point("'kind':'increaseProperty','property':'age','byField':'total','factor':0,'next':'e'") },
        { "value.source", "/points/p/by", Point("'kind':'increaseProperty','property':'age','next':'e'") },
        { "value.source", "/points/p/byProperty", Point("'kind':'increaseProperty','property':'age','byProperty':'age','byField':'total','next':'e'") },
        { "value.source", "/points/p/factor", Point("'kind':'increaseProperty','property':'age','by':1,'factor':2,'next':'e'") },
        { "name.empty", "/points/p/byField", Point("'kind':'increaseProperty','property':'age','byField':'','next':'e'") },
        { "value.limits", "/points/p/most", Point("'kind':'increaseProperty','property':'age','by':1,'least':2,'most':1,'next':'e'") },
        { "value.type", "/points/p/property", Point("'kind':'increaseProperty','property':'plan','by':1,'next':'e'") },
        { "reference.journey", "/points/p/journey", Point("'kind':'startJourney','journey':'gone','next':'e'") },
        { "reference.journey-not-live", "/points/p/journey", Point("'kind':'stopJourney','journey':'unborn','next':'e'") },
        { "reference.journey-itself", "/points/p/journey", Point("'kind':'runJourney','journey':'j','paths':[{'name':'a','outcomes':['failed'],'next':'e'}],'otherwise':'e'") },
        { "values.none", "/points/p/paths/0/outcomes", Point("'kind':'runJourney','journey':'other','paths':[{'name':'a','outcomes':[],'next':'e'}],'otherwise':'e'") },
        { "values.none", "/start/0/outcomes", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'journeyLeft','id':'in','journey':'other','outcomes':[],'next':'p'}") },
        { "name.taken", "/points/p/paths/0/name", Point("'kind':'runJourney','journey':'other','paths':[{'name':'timeout','outcomes':['failed'],'next':'e'}],'otherwise':'e'") },
        { "reference.start", "/points/p/paths/0/starts/0", Point("'kind':'startedBy','paths':[{'name':'a','starts':['nobody'],'next':'e'}],'otherwise':'e'") },
        { "activities.none", "/points/p/paths/0/activities", Point("'kind':'waitForFirst','paths':[{'name':'a','activities':[],'next':'e'}]") },
        { "timeout.missing", "/points/p/timeout", Point("'kind':'waitForFirst','paths':[{'name':'a','activities':[{'kind':'tagAdded','tag':'t'}],'next':'e'}],'onTimeout':'e'") },
        { "timeout.missing", "/points/p/timeout", Point("'kind':'waitUntilTrue','condition':{'kind':'tag','name':'t'},'next':'e','onTimeout':'e'") },
        { "wait.too-long", "/points/p/days", Point("'kind':'waitUntilDate','property':'plan','time':'09:00','days':2000,'next':'e'") },
        { "wait.too-long", "/start/0/days", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'date','id':'in','property':'plan','time':'09:00','days':-2000,'next':'p'}") },
        { "date.property", "/start/0/property", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'date','id':'in','property':'age','time':'09:00','next':'p'}") },
        { "wait.not-positive", "/start/0/for", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'inactive','id':'in','events':['Visited'],'for':'PT0S','next':'p'}") },
        { "events.none", "/start/0/events", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'inactive','id':'in','events':[],'for':'P1D','next':'p'}") },
        { "condition.where", "/start/0/where", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'inactive','id':'in','events':['Visited'],'where':{'kind':'tag','name':'t'},'for':'P1D','next':'p'}") },
        { "message.within", "/start/0/within", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'message','id':'in','is':'notOpened','next':'p'}") },
        { "message.within", "/start/0/within", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'message','id':'in','is':'opened','within':'P1D','next':'p'}") },
        { "link.unused", "/start/0/link", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'message','id':'in','is':'opened','link':'sale','next':'p'}") },
        { "reference.content", "/start/0/content", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'message','id':'in','is':'opened','content':'gone','next':'p'}") },
        { "goto.most", "/points/p/most", Journey("{'p':{'kind':'goTo','target':'e','most':101,'beyond':'e'},'e':{'kind':'end','outcome':'completed'}}") },
        { "goto.most", "/points/p/most", Journey("{'p':{'kind':'goTo','target':'e','beyond':'e'},'e':{'kind':'end','outcome':'completed'}}") },
        { "name.empty", "/points/p/addTag", Journey("{'p':{'kind':'end','outcome':'completed','addTag':''}}") },
        { "date.offset", "/start/0/offset", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'date','id':'in','property':'plan','time':'09:00','offset':'PT1H','next':'p'}") },
        { "date.offset", "/points/p/offset", Point("'kind':'waitUntilDate','property':'plan','days':1,'offset':'PT1H','next':'e'") },
        { "until.time", "/start/0/time", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'date','id':'in','property':'plan','next':'p'}") },
        { "until.time", "/points/p/time", Point("'kind':'waitUntilDate','property':'plan','next':'e'") },
        { "wait.too-long", "/points/p/offset", Point("'kind':'waitUntilDate','property':'plan','offset':'-P2000D','next':'e'") },
        { "value.source", "/points/p/property", Point("'kind':'waitUntilDate','time':'09:00','next':'e'") },
        { "value.source", "/points/p/property", Point("'kind':'waitUntilDate','property':'plan','field':'at','time':'09:00','next':'e'") },
        { "date.property", "/points/p/property", Point("'kind':'waitUntilDate','property':'age','time':'09:00','next':'e'") },
        { "zone.unknown", "/start/0/zone", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'date','id':'in','property':'plan','time':'09:00','zone':'Mars/Olympus','next':'p'}") },
        { "current.from", "/start/0/currentToo", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'propertyBecomes','id':'in','property':'plan','from':['free'],'currentToo':true,'next':'p'}") },
        { "schedule.who", "/start/0/filter", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'schedule','id':'in','date':'2026-03-02','time':'09:00','next':'p'}") },
        { "schedule.date", "/start/0/date", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'schedule','id':'in','date':'9999-12-31','time':'23:00','filter':{'kind':'tag','name':'t'},'zone':'America/New_York','next':'p'}") },
        { "schedule.date", "/start/0/date", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'schedule','id':'in','date':'9500-01-01','time':'23:00','filter':{'kind':'tag','name':'t'},'repeats':'FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=30','next':'p'}") },
        { "schedule.rule", "/start/0/repeats", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'schedule','id':'in','date':'2026-03-02','time':'09:00','filter':{'kind':'tag','name':'t'},'repeats':'FREQ=HOURLY','next':'p'}") },
        { "schedule.never", "/start/0/repeats", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'schedule','id':'in','date':'2026-03-02','time':'09:00','filter':{'kind':'tag','name':'t'},'repeats':'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30','next':'p'}") },
        { "zone.unknown", "/start/0/zone", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'schedule','id':'in','date':'2026-03-02','time':'09:00','filter':{'kind':'tag','name':'t'},'zone':'contact','next':'p'}") },
        { "delay.up-to", "/points/p/upTo", Point("'kind':'delay','for':'P2D','upTo':'P1D','next':'e'") },
        { "consent.all", "/points/p/topic", Point("'kind':'setConsent','topic':'*','state':'given','next':'e'") },
        { "reference.topic", "/points/p/topic", Point("'kind':'setConsent','topic':'nonsense','state':'given','next':'e'") },
        { "field.value", "/points/p/channel", Point("'kind':'setConsent','topic':'news','state':'given','channel':'pigeon','next':'e'") },
        { "name.empty", "/points/p/title", Point("'kind':'createTask','title':' ','next':'e'") },
        { "text.field", "/points/p/title", Point("'kind':'createTask','title':'Call {{first_name}}','next':'e'") },
        { "text.too-long", "/points/p/text", Point($"'kind':'createTask','title':'Call','text':'{new string('x', 5_001)}','next':'e'") },
        { "wait.not-positive", "/points/p/dueAfter", Point("'kind':'createTask','title':'Call','dueAfter':'PT0S','next':'e'") },
        { "reference.user", "/points/p/assignee", Point("'kind':'createTask','title':'Call','assignee':'gone@example.org','next':'e'") },
        { "name.empty", "/points/p/text", Point("'kind':'notify','text':' ','next':'e'") },
        { "text.field", "/points/p/text", Point("'kind':'notify','text':'Look: {{contact.','next':'e'") },
        { "text.too-long", "/points/p/text", Point($"'kind':'notify','text':'{new string('x', 1_001)}','next':'e'") },
        { "reference.user", "/points/p/to/1", Point("'kind':'notify','text':'Look','to':['eva@example.org','gone@example.org'],'next':'e'") },
        { "name.taken", "/points/p/to/1", Point("'kind':'notify','text':'Look','to':['eva@example.org','eva@example.org'],'next':'e'") },
        { "webhook.url", "/points/p/url", Point("'kind':'webhook','url':'crm.example.org','next':'e'") },
        { "webhook.url", "/points/p/url", Point("'kind':'webhook','url':'ftp://crm.example.org','next':'e'") },
        { "webhook.url", "/points/p/url", Point("'kind':'webhook','url':'https://eva:secret@crm.example.org','next':'e'") },
        { "webhook.url", "/points/p/url", Point("'kind':'webhook','url':'https://{{contact.host}}/x','next':'e'") },
        { "webhook.url", "/points/p/url", Point("'kind':'webhook','url':'{{event.url}}','next':'e'") },
        { "text.field", "/points/p/url", Point("'kind':'webhook','url':'https://crm.example.org/{{user_id}}','next':'e'") },
        { "webhook.header", "/points/p/headers/0/name", Point("'kind':'webhook','url':'https://crm.example.org','headers':[{'name':'a b','value':'x'}],'next':'e'") },
        { "webhook.header", "/points/p/headers/0/name", Point("'kind':'webhook','url':'https://crm.example.org','headers':[{'name':'Webhook-Id','value':'x'}],'next':'e'") },
        { "webhook.header", "/points/p/headers/0", Point("'kind':'webhook','url':'https://crm.example.org','headers':[{'name':'X-Key'}],'next':'e'") },
        { "webhook.header", "/points/p/headers/0/value", Point("'kind':'webhook','url':'https://crm.example.org','headers':[{'name':'X-Key','value':'a\\nb'}],'next':'e'") },
        { "name.taken", "/points/p/headers/1/name", Point("'kind':'webhook','url':'https://crm.example.org','headers':[{'name':'X-Key','value':'a'},{'name':'x-key','value':'b'}],'next':'e'") },
        { "reference.secret", "/points/p/headers/0/secret", Point("'kind':'webhook','url':'https://crm.example.org','headers':[{'name':'X-Key','secret':'gone'}],'next':'e'") },
        { "reference.secret", "/points/p/signWith", Point("'kind':'webhook','url':'https://crm.example.org','signWith':'gone','next':'e'") },
        { "webhook.body", "/points/p/body", Point("'kind':'webhook','method':'get','url':'https://crm.example.org','body':{},'next':'e'") },
        { "text.field", "/points/p/body", Point("'kind':'webhook','url':'https://crm.example.org','body':{'a':['{{contact.']},'next':'e'") },
        { "action.missing", "/points/p/action", Point("'kind':'customAction','action':'gone','next':'e'") },
        { "action.input-missing", "/points/p/inputs/who", Point("'kind':'customAction','action':'score','next':'e'") },
        { "action.input-unknown", "/points/p/inputs/what", Point("'kind':'customAction','action':'score','inputs':{'who':'a','what':1},'next':'e'") },
        { "action.input-type", "/points/p/inputs/depth", Point("'kind':'customAction','action':'score','inputs':{'who':'a','depth':'deep'},'next':'e'") },
        { "webhook.into", "/points/p/into", Point("'kind':'webhook','url':'https://crm.example.org','into':'a.b','next':'e'") },
        { "wait.not-positive", "/points/p/expiresAfter", Point("'kind':'webhook','url':'https://crm.example.org','expiresAfter':'PT0S','next':'e'") },
        { "split.paths", "/points/p/paths", Point("'kind':'split','paths':[{'name':'a','share':100,'next':'e'}]") },
        { "first.count", "/points/p/first", Point("'kind':'firstN','first':0,'next':'e','rest':'e'") },
        { "reference.pool", "/points/p/pool", Point("'kind':'coupon','pool':'gone','next':'e'") },
        { "data.name", "/points/p/into", Point("'kind':'coupon','pool':'spring','into':'a.b','next':'e'") },
        { "owner.users", "/points/p/users", Point("'kind':'assignOwner','users':[],'next':'e'") },
        { "reference.team", "/points/p/team", Point("'kind':'assignOwner','team':'gone','next':'e'") },
        { "reference.team", "/points/p/team", Point("'kind':'createTask','title':'Call','team':'gone','next':'e'") },
        { "task.in-turn", "/points/p/inTurn", Point("'kind':'createTask','title':'Call','inTurn':true,'next':'e'") },
        { "reference.team", "/points/p/toTeams/1", Point("'kind':'notify','text':'Look','toTeams':['Sales','gone'],'next':'e'") },
        { "name.taken", "/points/p/toTeams/1", Point("'kind':'notify','text':'Look','toTeams':['Sales','Sales'],'next':'e'") },
        { "owner.weight", "/points/p/users/0/weight", Point("'kind':'assignOwner','users':[{'user':'eva@example.org','weight':0}],'next':'e'") },
        { "name.taken", "/points/p/users/1/user", Point("'kind':'assignOwner','users':[{'user':'eva@example.org'},{'user':'eva@example.org'}],'next':'e'") },
        { "split.share", "/points/p/paths/0/share", Point("'kind':'split','paths':[{'name':'a','share':-1,'next':'e'},{'name':'b','share':100,'next':'e'}]") },
        { "split.sum", "/points/p/paths", Point("'kind':'split','paths':[{'name':'a','share':33.3,'next':'e'},{'name':'b','share':33.3,'next':'e'}]") },
        { "split.paths", "/points/p/paths", Experiment(paths: "{'name':'a','share':100,'next':'e'}") },
        { "split.sum", "/points/p/paths", Experiment(paths: "{'name':'a','share':50,'next':'e'},{'name':'b','share':60,'next':'e'}") },
        { "name.taken", "/points/p/paths/1/name", Experiment(paths: "{'name':'a','share':50,'next':'e'},{'name':'holdOut','share':50,'next':'e'}") },
        { "split.share", "/points/p/holdOut", Experiment("'holdOut':60,'onHoldOut':'e'") },
        { "target.none", "/points/p/onHoldOut", Experiment("'holdOut':10") },
        { "experiment.hold-out", "/points/p/onHoldOut", Experiment("'onHoldOut':'e'") },
        { "experiment.goal", "/points/m/goal", Journey("{'m':" + ExperimentOf("'kind':'message','point':'s','is':'opened'") + ",'s':{'kind':'sendEmail','content':'hello','topic':'news','next':'e'},'e':{'kind':'end','outcome':'completed'}}", "{'kind':'hand','id':'in','next':'m'},{'kind':'hand','id':'in2','next':'s'}") },
        { "events.none", "/points/p/goal/events", Experiment(goal: "'kind':'event','events':[]") },
        { "experiment.rules", "/points/p/within", Experiment(within: "P366D") },
        { "wait.not-positive", "/points/p/within", Experiment(within: "PT0S") },
        { "experiment.rules", "/points/p/leastPeople", Experiment("'leastPeople':1") },
        { "experiment.rules", "/points/p/confidence", Experiment("'confidence':100") },
        { "wait.too-long", "/points/p/leastTime", Experiment("'leastTime':'P9999D'") },
        { "field.value", "/points/p/winner", Experiment("'winner':'byDice'") },
        { "events.none", "/start/0/events", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'event','id':'in','events':[],'next':'p'}") },
        { "event.too-large", "/points/p/properties", Point($"'kind':'recordEvent','event':'e','properties':{{'a':'{new string('a', 40_000)}'}},'next':'e'") },
        { "activities.none", "/points/p/activities", Point("'kind':'waitFor','activities':[],'next':'e'") },
        { "timeout.missing", "/points/p/timeout", Point("'kind':'waitFor','activities':[{'kind':'tagAdded','tag':'t'}],'next':'e','onTimeout':'e'") },
        { "message.point", "/points/p/activities/0/point", Point("'kind':'waitFor','activities':[{'kind':'message','point':'e','is':'opened'}],'next':'e'") },
        { "link.unused", "/points/p/activities/0/link", Journey("{'m':{'kind':'sendEmail','content':'hello','topic':'news','next':'p'},'p':{'kind':'waitFor','activities':[{'kind':'message','point':'m','is':'opened','link':'sale'}],'next':'e'},'e':{'kind':'end','outcome':'completed'}}", "{'kind':'hand','id':'in','next':'m'}") },
        { "values.none", "/points/p/activities/0/to", Point("'kind':'waitFor','activities':[{'kind':'propertyBecomes','property':'plan','to':[]}],'next':'e'") },
        { "value.or-clear", "/points/p/value", Point("'kind':'setProperty','property':'plan','next':'e'") },
        { "value.or-clear", "/points/p/value", Point("'kind':'setProperty','property':'plan','value':'pro','clear':true,'next':'e'") },
        { "value.type", "/points/p/value", Point("'kind':'setProperty','property':'age','value':'old','next':'e'") },
        { "value.type", "/points/p/as", Point("'kind':'setProperty','property':'age','value':'{{event.age}}','next':'e'") },
        { "value.as", "/points/p/as", Point("'kind':'setProperty','property':'plan','value':'pro','as':'text','next':'e'") },
        { "text.field", "/points/p/value", Point("'kind':'setProperty','property':'plan','value':'{{total}}','next':'e'") },
        { "text.field", "/points/p/properties", Point("'kind':'recordEvent','event':'Rated','properties':{'a':{'b':'{{total'}},'next':'e'") },
        { "topic.missing", "/points/p/topic", Point("'kind':'sendEmail','content':'hello','next':'e'") },
        { "reference.content", "/points/p/content", Point("'kind':'sendEmail','content':'gone','topic':'news','next':'e'") },
        { "reference.content-draft", "/points/p/content", Point("'kind':'sendEmail','content':'draft','topic':'news','next':'e'") },
        { "reference.topic", "/points/p/topic", Point("'kind':'sendEmail','content':'hello','topic':'gone','next':'e'") },
        { "reference.topic", "/settings/email/topic", Settings("{'email':{'topic':'gone'}}") },
        { "reference.segment", "/start/0/segment", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'segmentEntered','id':'in','segment':'gone','next':'p'}") },
        { "reference.segment", "/settings/goal/of/0/of/name", Settings("{'goal':{'kind':'all','of':[{'kind':'not','of':{'kind':'segment','name':'gone'}}]}}") },
        { "reference.segment-filling", "/start/0/segment", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'segmentEntered','id':'in','segment':'filling','next':'p'}") },
        { "reference.list", "/points/p/list", Point("'kind':'addToList','list':'gone','next':'e'") },
        { "reference.list", "/settings/eligibility/name", Settings("{'eligibility':{'kind':'list','name':'gone'}}") },
        { "reference.property", "/start/0/property", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'propertyBecomes','id':'in','property':'typo','next':'p'}") },
        { "condition.where", "/start/0/where", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'event','id':'in','events':['e'],'where':{'kind':'tag','name':'t'},'next':'p'}") },
        { "condition.type", "/points/p/condition/value", Point("'kind':'if','condition':{'kind':'property','name':'age','is':'equals','value':'old'},'then':'e','else':'e'") },
        { "condition.message.point", "/points/p/condition/point", Point("'kind':'if','condition':{'kind':'message','point':'q','is':'opened'},'then':'e','else':'e'") },
        { "condition.message", "/start/0/filter", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'hand','id':'in','filter':{'kind':'message','point':'p','is':'opened'},'next':'p'}") },
        { "stage.property", "/points/p/values", Point("'kind':'stage','values':['a'],'next':'q'") },
        { "stage.property", "/points/e/values", Journey("{'p':{'kind':'addTag','tag':'t','next':'e'},'e':{'kind':'end','outcome':'completed','values':['b']}}") },
        { "stage.none", "/settings/stageProperty", Settings("{'stageProperty':'plan'}") },
        { "stage.empty", "/points/p/next", Stages("'p':{'kind':'stage','values':['a']},'r':{'kind':'stage','values':['b'],'next':'q'}") },
        { "stage.empty-twice", "/points/r/takesEmpty", Stages("'p':{'kind':'stage','values':['a'],'takesEmpty':true,'next':'q'},'r':{'kind':'stage','values':['b'],'takesEmpty':true,'next':'s'},'s':{'kind':'addTag','tag':'t'}") },
        { "stage.value-taken", "/points/e/values/1", Stages("'p':{'kind':'stage','values':['a'],'next':'q'},'e':{'kind':'end','outcome':'completed','values':['b','a']}") },
        { "stage.start", "/start/0/next", Stages("'p':{'kind':'stage','values':['a'],'next':'q'}", "'next':'q'") },
        { "stage.crossed", "/points/q", Stages("'p':{'kind':'stage','values':['a'],'next':'q'},'r':{'kind':'stage','values':['b'],'next':'q'}") },
        { "stage.full", "/points/p", Stages("'p':{'kind':'stage','values':['a'],'next':'r'},'r':{'kind':'addTag','tag':'t','next':'q'}", more: "'stageMost':1") },
        { "stage.most", "/settings/stageMost", Stages("'p':{'kind':'stage','values':['a'],'next':'q'}", more: "'stageMost':501") },
        { "stage.shared", "/settings/stageProperty", Stages("'p':{'kind':'stage','values':[1],'next':'q'}", property: "age") },
        { "values.none", "/points/p/values", Stages("'p':{'kind':'stage','values':[],'next':'q'}") },
        { "value.type", "/points/p/values/0", Stages("'p':{'kind':'stage','values':[7],'next':'q'}") },
        { "reference.list", "/points/e/addToList", Journey("{'p':{'kind':'addTag','tag':'t','next':'e'},'e':{'kind':'end','outcome':'completed','addToList':'gone'}}") },
        { "abandon.both", "/start/0/unless", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'cartAbandoned','id':'in','events':['Cart'],'unless':['Cart'],'next':'p'}") },
        { "abandon.times", "/start/0/times", Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'browseAbandoned','id':'in','times':21,'next':'p'}") },
        { "settings.end-before-start", "/settings/endsAt", Settings("{'startsAt':'2026-03-02T00:00:00Z','endsAt':'2026-03-01T00:00:00Z'}") },
        { "settings.entry-rate", "/settings/entryRate/most", Settings("{'entryRate':{'most':0,'per':'hour'}}") },
        { "settings.interval-missing", "/settings/reEntry/interval", Settings("{'reEntry':{'kind':'afterInterval'}}") },
        { "settings.interval-unused", "/settings/reEntry/interval", Settings("{'reEntry':{'kind':'always','interval':'P1D'}}") },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_by_its_code_and_its_place_and_alone(string code, string path, string json)
    {
        var problems = Check(json).Problems;

        var problem = Assert.Single(problems);
        Assert.Equal((code, path), (problem.Code, problem.Path));
        Assert.Equal(path.StartsWith("/points/", StringComparison.Ordinal) ? path.Split('/')[2] : null, problem.Point);
        Assert.EndsWith(".", problem.Text, StringComparison.Ordinal);
    }

    static IEnumerable<string> Codes =>
        typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!);

    [Fact]
    public void Every_code_is_made_by_a_mistake_above_and_told_in_the_documents()
    {
        var document = File.ReadAllText(Repository.PathOf("docs/journeys.md"));
        var made = Mistakes.Select(row => row.Data.Item1).ToHashSet();

        Assert.Empty(Codes.Except(made));
        Assert.All(Codes, code => Assert.Contains($"`{code}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_told_at_once_also_those_of_meaning_beside_those_of_form()
    {
        var codes = Check(Journey(
            "{'p':{'kind':'addTag','tag':7,'next':'q'},'q':{'kind':'delay','for':'P9999D','next':'nowhere'},'r':{'kind':'sendEmail','content':'gone','colour':1}}",
            settings: "{'reEntry':{'kind':'afterInterval'},'timeZone':'Mars/Olympus','goals':1}")).Problems.Select(problem => problem.Code).Order(StringComparer.Ordinal);

        Assert.Equal(["field.type", "field.unknown", "field.unknown", "reference.content", "settings.interval-missing", "target.missing", "target.none", "topic.missing", "wait.too-long", "zone.unknown"], codes);
    }

    [Fact]
    public void Parts_that_cannot_be_read_move_no_places_and_what_only_follows_from_them_is_not_told()
    {
        var told = Check(Journey(
            "{'p':{'kind':'split','paths':[{'name':'a','share':'half','next':'e'},{'name':'b','share':50,'next':'nowhere'}]},'e':{'kind':'end','outcome':'completed'}}",
            "{'kind':'teleport','id':'x'},{'kind':'hand','id':'in','next':'gone'}",
            "{'exits':[{'name':'a','when':{'kind':'teleport'}},{'name':'','when':{'kind':'tag','name':' '}}],'reEntry':{'kind':'afterInterval','interval':'soon'}}")).Problems.Select(problem => $"{problem.Code} {problem.Path}").Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "condition.name /settings/exits/1/when/name", "field.type /points/p/paths/0/share", "field.value /settings/reEntry/interval", "kind.unknown /settings/exits/0/when/kind", "kind.unknown /start/0/kind",
                "name.empty /settings/exits/1/name", "target.missing /points/p/paths/1/next", "target.missing /start/1/next",
            ], told);
    }

    [Fact]
    public void A_property_that_takes_values_of_any_type_is_no_slip() =>
        Assert.Empty(Check(Journey("{'p':{'kind':'end','outcome':'completed'}}", "{'kind':'propertyBecomes','id':'in','property':'country','next':'p'}")).Problems);

    [Fact]
    public void Malformed_json_is_told_with_line_and_column()
    {
        var problem = Assert.Single(Check("{\n  'format': 1,\n  oops\n}").Problems);

        Assert.Equal(("3", "3"), (problem.Arguments!["line"], problem.Arguments["column"]));
    }

    [Fact]
    public void An_unknown_kind_is_told_with_those_that_there_are() =>
        Assert.Contains("sendEmail", Assert.Single(Check(Point("'kind':'teleport'")).Problems).Arguments!["known"], StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_is_no_mistake() =>
        Assert.Empty(JourneyCheck.Check(Encoding.UTF8.GetPreamble().Concat(File.ReadAllBytes(Repository.PathOf("samples/journeys/reference.json"))).ToArray(), AnyReferences.Instance).Problems);

    /// <summary>Promise 7: bad input is refused with its reasons, whatever it is.</summary>
    [Fact]
    public void Nothing_makes_the_check_throw()
    {
        var whole = File.ReadAllText(Repository.PathOf("samples/journeys/win-back.json"));
        foreach (var broken in (string[])["", " ", "null", "7", "[]", "\"text\"", "{}", "{\"points\":7,\"start\":{}}", "{\"id\":null,\"points\":{\"a\":null},\"start\":[null],\"settings\":null}", "{\"id\":\"\\ud800\",\"points\":{},\"start\":[]}", "{\"\\udfff\":1}", new string('[', 5_000)])
            Assert.Null(JourneyCheck.Check(Encoding.UTF8.GetBytes(broken), AnyReferences.Instance).Definition);
        Assert.Null(JourneyCheck.Check(new byte[] { 0x7B, 0xFF, 0xFE }, AnyReferences.Instance).Definition);

        // Every prefix, and every place with something else in it.
        for (var at = 0; at < whole.Length - 1; at += 7)
        {
            Assert.NotEmpty(JourneyCheck.Check(Encoding.UTF8.GetBytes(whole[..at]), AnyReferences.Instance).Problems);
            foreach (var other in "0\"{[n")
                _ = JourneyCheck.Check(Encoding.UTF8.GetBytes(whole[..at] + other + whole[(at + 1)..]), AnyReferences.Instance);
        }
    }

    /// <summary>Semantics 16.4: conditions nest 50 deep.</summary>
    [Theory]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public void Conditions_nest_fifty_deep(int deep, bool sound) =>
        Assert.Equal(sound, Check(Settings("{'goal':" + string.Concat(Enumerable.Repeat("{'kind':'not','of':", deep)) + "{'kind':'tag','name':'t'}" + new string('}', deep) + "}")).IsSound);
}
