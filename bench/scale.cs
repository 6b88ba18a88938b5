// A model of an installation far beyond one machine: dotnet run bench/scale.cs [name=value …]
// A week of a billion contacts, minute by minute: what each of them does and waits for is drawn as whole numbers would be, by its mean, so that a run takes a second and is the same each time.
// It prints, by resource, the load in the busiest minute against what one unit of that resource bears, and so which one saturates first. Every input is printed; docs/scale.md says where each was measured.
#:property PublishAot=false
#:property GenerateDocumentationFile=false
#:property EnforceCodeStyleInBuild=false

using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var inputs = new Dictionary<string, double>
{
    // Who there is, and what they do.
    ["contacts"] = 1e9,
    ["events-a-contact-and-day"] = 2,
    ["contacts-waiting"] = 0.3,          // share of contacts with an enrolment that waits
    ["waits-end-a-day"] = 0.25,          // share of the waiting whose timer falls due a day
    ["bunched"] = 0.5,                   // share of timers that fall due within the first ten minutes of a local hour: "on Tuesday at nine"
    ["messages-a-timer"] = 0.4,
    ["evening-peak"] = 1.8,              // busiest hour of a zone over its mean
    ["zones"] = 8,                       // time zones in which people live, spread over the day
    ["days-kept"] = 90,                  // events and timelines
    ["days-kept-messages"] = 365,
    // What one server of PostgreSQL, with its nodes beside it, bears.
    ["db-cores"] = 32,
    ["db-cpu-us-an-event"] = 73,
    ["db-cpu-us-a-timer"] = 90,
    ["node-cores"] = 16,
    ["node-cpu-us-an-event"] = 218,
    ["node-cpu-us-a-timer"] = 266,
    ["wal-bytes-an-event"] = 880,
    ["wal-bytes-a-timer"] = 1870,
    ["db-disk-write-mb-a-second"] = 1000, // sustained, of which the log and the pages share
    ["page-writes-over-wal"] = 4,        // whole pages in the log, and pages written back, for each byte measured
    ["db-disk-tb"] = 15,
    ["memory-gb"] = 256,
    ["hot-share"] = 0.1,                 // contacts that are met within a day or so: their pages should be in memory
    ["disk-reads-a-second"] = 200_000,
    ["bytes-a-contact"] = 1080,
    ["bytes-an-event"] = 480,
    ["bytes-an-enrolment"] = 610,
    ["bytes-a-message"] = 520,
    ["items-a-second-committed"] = 65_000, // the writes of the reference journey and nothing else, on two to four connections of a two-core machine
    ["mails-a-second-and-line"] = 2000,
    ["mail-lines"] = 64,
};
foreach (var argument in args)
{
    if (argument.Split('=', 2) is not [var name, var said] || !inputs.ContainsKey(name) || !double.TryParse(said, out var value))
    {
        Console.Error.WriteLine($"scale: '{argument}' is none of the inputs. There are: {string.Join(", ", inputs.Keys)}.");
        return 2;
    }

    inputs[name] = value;
}

double Of(string name) => inputs[name];
const int Minutes = 7 * 24 * 60;
var zones = (int)Of("zones");
double contacts = Of("contacts"), perZone = contacts / zones;

// What comes in a zone follows its own day: a cosine whose highest point is at eight in the evening.
double Day(int minute, int zone)
{
    var local = (minute + zone * (24 * 60 / zones)) % (24 * 60) / 60.0;
    return 1 + (Of("evening-peak") - 1) * Math.Cos((local - 20) / 24 * 2 * Math.PI);
}

double eventsADay = Of("events-a-contact-and-day"), timersADay = Of("contacts-waiting") * Of("waits-end-a-day");
double peakEvents = 0, peakTimers = 0, peakMails = 0, peakDb = 0, peakNode = 0, peakWal = 0, peakItems = 0, events = 0, timers = 0, worstLate = 0, backlog = 0;
var bearsItems = Math.Min(Of("db-cores") / (Of("db-cpu-us-a-timer") / 1e6), Of("items-a-second-committed"));
for (var minute = 0; minute < Minutes; minute++)
{
    double comes = 0, due = 0;
    for (var zone = 0; zone < zones; zone++)
    {
        comes += perZone * eventsADay / 86_400 * Day(minute, zone);
        var local = (minute + zone * (24 * 60 / zones)) % (24 * 60);
        // Bunched timers fall due in the ten minutes after nine, ten, … six local time; the others evenly.
        var hour = local / 60;
        var isBunch = hour is >= 9 and < 19 && local % 60 < 10;
        due += perZone * timersADay * ((1 - Of("bunched")) / 86_400 + (isBunch ? Of("bunched") / (10 * 10 * 60) : 0));
    }

    var mails = due * Of("messages-a-timer");
    var items = comes + due + mails;
    (events, timers) = (events + comes * 60, timers + due * 60);
    peakEvents = Math.Max(peakEvents, comes);
    peakTimers = Math.Max(peakTimers, due);
    peakMails = Math.Max(peakMails, mails);
    peakItems = Math.Max(peakItems, items);
    peakDb = Math.Max(peakDb, (comes * Of("db-cpu-us-an-event") + (due + mails) * Of("db-cpu-us-a-timer")) / 1e6);
    peakNode = Math.Max(peakNode, (comes * Of("node-cpu-us-an-event") + (due + mails) * Of("node-cpu-us-a-timer")) / 1e6);
    peakWal = Math.Max(peakWal, (comes * Of("wal-bytes-an-event") + (due + mails) * Of("wal-bytes-a-timer")) / 1e6);
    // With one server: what it does not bear in this minute waits for the next.
    backlog = Math.Max(0, backlog + (items - bearsItems) * 60);
    worstLate = Math.Max(worstLate, backlog / bearsItems);
}

double messagesADay = contacts * timersADay * Of("messages-a-timer");
double bytes = contacts * (Of("bytes-a-contact") + Of("contacts-waiting") * Of("bytes-an-enrolment"))
    + contacts * eventsADay * Of("days-kept") * Of("bytes-an-event") + messagesADay * Of("days-kept-messages") * Of("bytes-a-message");
var hot = contacts * Of("hot-share") * (Of("bytes-a-contact") + Of("contacts-waiting") * Of("bytes-an-enrolment"));
// What is not in memory is read from the disk: a contact, its enrolments and its identities, three pages or so.
double Reads(double servers) => Math.Max(0, 1 - Of("memory-gb") * 0.6e9 * servers / hot) * peakItems * 3;

Console.WriteLine("Inputs");
foreach (var (name, value) in inputs)
    Console.WriteLine($"  {name,-34} {value:N2}".Replace(".00", "", StringComparison.Ordinal));
Console.WriteLine();
Console.WriteLine($"A week: {events:N0} events, {timers:N0} timers, {messagesADay * 7:N0} messages; {bytes / 1e12:N1} TB kept, {hot / 1e12:N2} TB of it hot.");
Console.WriteLine($"The busiest minute: {peakEvents:N0} events, {peakTimers:N0} timers and {peakMails:N0} messages a second.");
Console.WriteLine();
var resources = new (string Name, string Unit, double Load, double Bears)[]
{
    ("CPU of the database servers", "cores", peakDb, Of("db-cores") * 0.7),
    ("CPU of the nodes", "cores", peakNode, Of("node-cores") * 0.7),
    ("log and pages to the disk", "MB/s", peakWal * (1 + Of("page-writes-over-wal")), Of("db-disk-write-mb-a-second")),
    ("commits, all connections", "items/s", peakItems, Of("items-a-second-committed")),
    ("room on the disk", "TB", bytes / 1e12, Of("db-disk-tb") * 0.8),
    ("memory for who is met", "GB", hot / 1e9, Of("memory-gb") * 0.6),
    ("reads from the disk, one server", "reads/s", Reads(1), Of("disk-reads-a-second")),
    ("lines to the mail servers", "mails/s", peakMails, Of("mails-a-second-and-line") * Of("mail-lines")),
};
Console.WriteLine($"{"resource",-36} {"needed",14} {"one bears",14} {"units",8}");
foreach (var (name, unit, load, bears) in resources.OrderByDescending(resource => resource.Load / resource.Bears))
    Console.WriteLine($"{name,-36} {$"{load:N0} {unit}",14} {$"{bears:N0} {unit}",14} {load / bears,8:N1}");
var first = resources.MaxBy(resource => resource.Load / resource.Bears);
Console.WriteLine();
Console.WriteLine($"First to saturate: {first.Name}. One server carries about {contacts / (first.Load / first.Bears):N0} contacts of this kind; {Math.Ceiling(first.Load / first.Bears):N0} carry all.");
Console.WriteLine(worstLate > 60 ? $"With one server, timers and events of the busiest hours would be worked off up to {worstLate / 3600:N1} hours late by the end of the week." : "One server works everything off within its minute.");
return 0;
