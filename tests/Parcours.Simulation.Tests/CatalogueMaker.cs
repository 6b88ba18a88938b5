using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parcours.Simulation.Tests;

/// <summary>Draws segments and journeys that are valid, and as crossed with each other as they may be.</summary>
/// <param name="asksOfMessages">Whether conditions ask of the last messages: where the provider has moods, when a message is sent depends on what failed.</param>
sealed class CatalogueMaker(Dice dice, bool asksOfMessages)
{
    public static readonly IReadOnlyList<string> Events = ["order", "visit", "basket"];
    public static readonly IReadOnlyList<string> Tags = ["red", "green", "blue"];
    public static readonly IReadOnlyList<string> Lists = ["fair", "club"];
    public static readonly IReadOnlyList<string> Segments = ["buyers", "quiet", "mixed"];
    public static readonly IReadOnlyList<string> Codes = ["C1", "C2", "C3", "C4", "C5", "C6"];
    static readonly string[] Recorded = ["praised", "nudged"];
    static readonly string[] Plans = ["free", "pro"];

    static readonly string?[] Windows =
    [
        null, """{"from":"08:00","until":"20:00"}""", null, """{"from":"21:00","until":"02:30","zone":"America/New_York","outside":"skip"}""",
        """{"days":["monday","tuesday","friday"],"from":"02:30","until":"04:00","zone":"Europe/Paris"}""",
    ];

    static readonly string[] Journeys = ["one", "two", "three"];

    public bool AsksOfMessages => asksOfMessages;

    int _asked;
    JsonObject _points = [];
    string[] _others = [];

    public string Segment(string name) => new JsonObject
    {
        ["name"] = name,
        ["condition"] = name switch
        {
            "buyers" => OfEvents(windowed: dice.Chance(0.7)),
            "quiet" => All(Did("visit"), new JsonObject { ["kind"] = "event", ["events"] = new JsonArray("order"), ["is"] = "didNot", ["window"] = new JsonObject { ["last"] = $"P{dice.Between(1, 6)}D" } }),
            _ => Any(new JsonObject { ["kind"] = "segment", ["name"] = dice.Pick("buyers", "quiet") }, Condition(1)),
        },
    }.ToJsonString();

    /// <summary>A journey as the author would save it.</summary>
    public string Journey(string id)
    {
        (_points, _others) = ([], [.. Journeys.Where(other => other != id)]);
        var first = Point(0, []);
        var starts = new JsonArray();
        for (var start = dice.Between(1, 3); start > 0; start--)
            starts.Add(Start($"start{start}", start == 1 || dice.Chance(0.6) ? first : Point(3, [])));
        starts.Add(new JsonObject { ["kind"] = "hand", ["id"] = "by-hand", ["next"] = first });
        return new JsonObject
        {
            ["format"] = 1,
            ["id"] = id,
            ["name"] = id,
            ["settings"] = Settings(),
            ["start"] = starts,
            ["points"] = _points,
        }.ToJsonString(new JsonSerializerOptions { MaxDepth = 200 });
    }

    JsonObject Settings()
    {
        var reEntry = dice.Pick("never", "afterLeaving", "afterInterval", "always");
        var settings = new JsonObject
        {
            ["reEntry"] = reEntry == "afterInterval" ? new JsonObject { ["kind"] = reEntry, ["interval"] = $"PT{dice.Between(1, 40)}H" } : new JsonObject { ["kind"] = reEntry },
            ["priority"] = dice.Next(3),
            ["email"] = new JsonObject { ["topic"] = "news", ["expiresAfter"] = dice.Pick("PT2H", "P3D") },
        };
        if (dice.Chance(0.3))
            settings["goal"] = Condition(1);
        if (dice.Chance(0.4))
            settings["exits"] = new JsonArray(new JsonObject { ["name"] = "out", ["when"] = Condition(1) });
        if (dice.Chance(0.2))
            settings["eligibility"] = Condition(1);
        if (dice.Chance(0.2))
            settings["exclusions"] = new JsonObject { ["kind"] = "tag", ["name"] = dice.Pick(Tags) };
        if (dice.Chance(0.2))
            settings["eventKey"] = "basket";
        // By their number, not by the dice.
        if (_points.Count % 4 == 1)
            settings["entryRate"] = new JsonObject { ["most"] = 1 + _points.Count % 3, ["per"] = "hour" };
        if (_points.Count % 3 == 2)
            settings["whilePaused"] = "queue";
        return settings;
    }

    JsonObject Start(string id, string next)
    {
        var start = dice.Next(6) switch
        {
            0 => Tagged(dice.Pick(Tags), id),
            1 => new JsonObject { ["kind"] = "segmentEntered", ["segment"] = dice.Pick(Segments) },
            2 => Listed(dice.Pick(Lists), id),
            3 => Changed(id),
            _ => Happened(dice.Pick(Events), id),
        };
        (start["id"], start["next"], start["takesImports"]) = (id, next, dice.Chance(0.3));
        // By their number, not by the dice, those too who are there already.
        if (_points.Count % 3 == 1 && (string?)start["kind"] is ("tagAdded" or "segmentEntered" or "listEntered" or "propertyBecomes"))
            start["currentToo"] = true;
        return start;
    }

    /// <summary>By its number, not by the dice, what is left lying: for half a day, or looked at twice.</summary>
    JsonObject Happened(string name, string id) => id switch
    {
        // Likewise, who falls silent, and what becomes of the e-mails that they got.
        "start1" when _points.Count % 5 == 2 => new() { ["kind"] = "inactive", ["events"] = new JsonArray(name), ["for"] = "PT18H" },
        "start1" when _points.Count % 5 == 3 && AsksOfMessages => _points.Count % 2 == 0
            ? new() { ["kind"] = "message", ["is"] = "notClicked", ["within"] = "PT10H" }
            : new() { ["kind"] = "message", ["is"] = "sent", ["content"] = "hello" },
        "start2" => new() { ["kind"] = "cartAbandoned", ["events"] = new JsonArray(name), ["unless"] = new JsonArray(Events.First(other => other != name)), ["after"] = "PT12H" },
        "start3" => new() { ["kind"] = "browseAbandoned", ["events"] = new JsonArray(name), ["unless"] = new JsonArray(Events.Last(other => other != name)), ["times"] = 2, ["anyProduct"] = true, ["after"] = "PT6H" },
        _ => new() { ["kind"] = "event", ["events"] = new JsonArray(name) },
    };

    static JsonObject Listed(string list, string id) => id == "start2"
        ? new() { ["kind"] = "schedule", ["date"] = "2026-03-03", ["time"] = "10:00", ["repeats"] = "FREQ=DAILY;INTERVAL=2", ["filter"] = new JsonObject { ["kind"] = "list", ["name"] = list } }
        : new() { ["kind"] = "listEntered", ["list"] = list };

    /// <summary>By its number, not by the dice, a date that comes: of a day that is near, or of its anniversary.</summary>
    static JsonObject Changed(string id) => id switch
    {
        "start1" => new() { ["kind"] = "date", ["property"] = "due", ["days"] = 1, ["time"] = "09:30", ["zone"] = "contact" },
        "start3" => new() { ["kind"] = "date", ["property"] = "due", ["yearly"] = true, ["days"] = -360, ["time"] = "02:30", ["zone"] = "Europe/Paris" },
        _ => new() { ["kind"] = "propertyBecomes", ["property"] = "plan", ["to"] = new JsonArray("pro") },
    };

    JsonObject Tagged(string tag, string id) => id == "start2"
        ? new() { ["kind"] = "journeyLeft", ["journey"] = _others[tag.Length % 2], ["outcomes"] = new JsonArray("completed", "exited") }
        : new() { ["kind"] = "tagAdded", ["tag"] = tag };

    /// <summary>Makes a point with all that comes after it.</summary>
    /// <param name="above">Points on the way here, to which a loop may lead back.</param>
    string Point(int depth, IReadOnlyList<string> above)
    {
        var id = $"p{_points.Count}";
        var point = new JsonObject();
        _points[id] = point;
        IReadOnlyList<string> way = [.. above, id];
        if (depth > 6 || (depth > 2 && dice.Chance(0.25)))
        {
            (point["kind"], point["outcome"]) = ("end", dice.Pick("completed", "successful", "unsuccessful"));
            // By its number, one of many ends in the archive.
            if (_points.Count % 6 == 1 && (string?)point["outcome"] == "unsuccessful")
                _points[id] = new JsonObject { ["kind"] = "archive" };
            return id;
        }

        string Next() => Point(depth + 1, way);
        // Which of several kinds it is goes by its number, not by the dice: a life that once failed stays the life that it was.
        var turn = _points.Count;
        switch (dice.Next(15))
        {
            case 0 or 1:
                (point["kind"], point["for"], point["next"]) = ("delay", dice.Pick("PT1S", "PT90M", "P1D", "P2DT3H"), Next());
                if (turn % 3 == 0)
                    point["upTo"] = "P3D";
                break;
            case 2 or 3 or 4:
                var activities = Activities();
                (point["timeout"], var happened, point["onTimeout"]) = (dice.Pick("PT3H", "P1D", "P4D"), Next(), Next());
                if (turn % 3 == 1)
                    (point["kind"], point["paths"]) = ("waitForFirst", new JsonArray([.. activities.Select((activity, index) => new JsonObject { ["name"] = $"way {index}", ["activities"] = new JsonArray(activity!.DeepClone()), ["next"] = happened })]));
                else
                    (point["kind"], point["activities"], point["next"]) = ("waitFor", activities, happened);
                break;
            case 5:
                (point["time"], point["next"]) = (dice.Pick("08:30", "18:00"), Next());
                if (turn % 2 == 0)
                    (point["kind"], point["property"], point["days"], point["yearly"]) = ("waitUntilDate", "due", -turn, true);
                else
                    (point["kind"], point["days"]) = ("waitUntil", new JsonArray("monday", "thursday"));
                break;
            case 6:
                (point["kind"], point["paths"]) = ("split", new JsonArray(
                    new JsonObject { ["name"] = "A", ["share"] = 30, ["next"] = Next() },
                    new JsonObject { ["name"] = "B", ["share"] = 70, ["next"] = Next() }));
                point["newDrawEachEntry"] = dice.Chance(0.5);
                if (turn % 2 == 1)
                    FirstOf(point, 1 + turn % 3);
                else if (turn % 4 == 0)
                    Measure(point, turn);
                break;
            case 7 or 8:
                var (asked, yes, no) = (Condition(2), Next(), Next());
                if (turn % 4 == 1)
                    (point["kind"], point["condition"], point["timeout"], point["next"], point["onTimeout"]) = ("waitUntilTrue", asked, "P2D", yes, no);
                else if (turn % 4 == 2)
                    (point["kind"], point["paths"], point["otherwise"]) = ("branch", new JsonArray(new JsonObject { ["name"] = "yes", ["condition"] = asked, ["next"] = yes }), no);
                else if (turn % 8 == 3)
                    (point["kind"], point["property"], point["paths"], point["otherwise"]) = ("switch", "plan", new JsonArray(new JsonObject { ["name"] = "pro", ["values"] = new JsonArray("pro"), ["next"] = yes }), no);
                else if (turn % 8 == 7)
                    (point["kind"], point["paths"], point["otherwise"]) = ("startedBy", new JsonArray(new JsonObject { ["name"] = "hand", ["starts"] = new JsonArray("by-hand"), ["next"] = yes }), no);
                else
                    (point["kind"], point["condition"], point["then"], point["else"]) = ("if", asked, yes, no);
                break;
            case 9:
                (point["kind"], point["tag"], point["next"]) = (dice.Pick("addTag", "removeTag"), dice.Pick(Tags), Next());
                Instead(point, turn);
                break;
            case 10:
                (point["kind"], point["list"], point["next"]) = (dice.Pick("addToList", "removeFromList"), dice.Pick(Lists), Next());
                if (turn % 2 == 0)
                    CouponOf(point, turn);
                break;
            case 11:
                var (plan, after) = (dice.Pick(Plans), Next());
                point["next"] = after;
                if (turn % 4 == 0)
                    (point["kind"], point["property"], point["value"]) = ("setProperty", "due", new JsonObject { ["date"] = $"2020-{1 + turn % 12:00}-{1 + turn % 28:00}" });
                else if (turn % 4 == 1)
                    (point["kind"], point["property"], point["by"]) = ("increaseProperty", "score", turn);
                else if (turn % 4 == 2)
                    (point["kind"], point["into"], point["field"]) = ("copyProperty", "last", "total");
                else
                    (point["kind"], point["property"], point["value"]) = ("setProperty", "plan", plan);
                break;
            case 12:
                var (recorded, then) = (dice.Pick(Recorded), Next());
                var other = _others[turn / 4 % 2];
                if (turn % 4 == 1)
                    (point["kind"], point["journey"], point["withData"], point["next"]) = ("startJourney", other, true, then);
                else if (turn % 4 == 2)
                    (point["kind"], point["journey"], point["next"]) = ("stopJourney", other, then);
                else if (turn % 4 == 3)
                    (point["kind"], point["journey"], point["paths"], point["otherwise"], point["timeout"], point["onTimeout"]) = ("runJourney", other, new JsonArray(new JsonObject { ["name"] = "no", ["outcomes"] = new JsonArray("notEntered"), ["next"] = then }), then, "P3D", then);
                else
                    (point["kind"], point["event"], point["next"]) = ("recordEvent", recorded, then);
                break;
            case 13 when above.Count > 0:
                // A loop with a wait in it.
                (point["kind"], point["for"], point["next"]) = ("delay", dice.Pick("PT7H", "P1D"), $"p{_points.Count}");
                _points[$"p{_points.Count}"] = new JsonObject { ["kind"] = "goTo", ["target"] = dice.Pick(above) };
                break;
            default:
                if (Windows[_points.Count % Windows.Length] is { } window)
                    point["window"] = JsonNode.Parse(window);
                (point["kind"], point["content"], point["next"]) = ("sendEmail", "hello", Next());
                break;
        }

        return id;
    }

    /// <summary>By its number, not by the dice, a split becomes an experiment; the engine chooses the winner of some.</summary>
    static void Measure(JsonObject point, int turn)
    {
        (point["kind"], point["within"], point["leastPeople"], point["leastTime"], point["confidence"]) = ("experiment", "P2D", 10, "P1D", 80);
        point.Remove("newDrawEachEntry");
        point["goal"] = turn % 8 == 0 ? new JsonObject { ["kind"] = "event", ["events"] = new JsonArray("order") } : new JsonObject { ["kind"] = "tagAdded", ["tag"] = Tags[turn % 3] };
        if (turn % 3 == 0)
            (point["holdOut"], point["onHoldOut"], point["releaseHoldOut"]) = (25, point["paths"]![0]!["next"]!.DeepClone(), turn % 9 == 0);
        if (turn % 5 != 0)
            point["winner"] = "automatically";
    }

    /// <summary>By its number, not by the dice, another action: the lives that the dice draw stay the same in everything else.</summary>
    static void Instead(JsonObject point, int turn)
    {
        switch (turn % 6)
        {
            case 0:
                point.Remove("tag");
                (point["kind"], point["title"], point["dueAfter"]) = ("createTask", "Call about {{default contact.plan \"nothing\"}}", "P1D");
                break;
            case 1:
                point.Remove("tag");
                (point["kind"], point["users"]) = ("assignOwner", new JsonArray(new JsonObject { ["user"] = "eva@example.org", ["weight"] = 2 }, new JsonObject { ["user"] = "sam@example.org" }));
                break;
            case 3:
                point.Remove("tag");
                (point["kind"], point["text"], point["to"]) = ("notify", "Has {{contact.plan}}", new JsonArray("eva@example.org"));
                break;
            case 4:
                point.Remove("tag");
                (point["kind"], point["url"]) = ("webhook", "https://crm.example.org/{{contact.plan}}");
                break;
            case 5:
                point.Remove("tag");
                if (turn % 12 == 5)
                    (point["kind"], point["action"], point["inputs"]) = ("customAction", "score", new JsonObject { ["plan"] = "{{default contact.plan \"none\"}}" });
                else
                    (point["kind"], point["url"], point["into"]) = ("webhook", "https://crm.example.org/{{contact.plan}}", "crm");
                break;
        }
    }

    static void FirstOf(JsonObject split, int first)
    {
        var paths = split["paths"]!.AsArray();
        var (next, rest) = (paths[0]!["next"]!.GetValue<string>(), paths[1]!["next"]!.GetValue<string>());
        split.Remove("paths");
        split.Remove("newDrawEachEntry");
        (split["kind"], split["first"], split["next"], split["rest"]) = ("firstN", first, next, rest);
    }

    static void CouponOf(JsonObject point, int turn)
    {
        point.Remove("list");
        (point["kind"], point["pool"]) = ("coupon", "codes");
        if (turn % 4 == 0)
            point["onEmpty"] = point["next"]!.GetValue<string>();
    }

    JsonArray Activities()
    {
        var activities = new JsonArray { new JsonObject { ["kind"] = "event", ["events"] = new JsonArray(dice.Pick([.. Events, .. Recorded])) } };
        if (dice.Chance(0.5))
            activities.Add(dice.Next(4) switch
            {
                0 => new JsonObject { ["kind"] = "tagAdded", ["tag"] = dice.Pick(Tags) },
                1 => new JsonObject { ["kind"] = "segmentLeft", ["segment"] = dice.Pick(Segments) },
                2 => new JsonObject { ["kind"] = "listLeft", ["list"] = dice.Pick(Lists) },
                _ => new JsonObject { ["kind"] = "propertyBecomes", ["property"] = "plan", ["to"] = new JsonArray("free") },
            });
        return activities;
    }

    JsonObject Condition(int depth) => dice.Next(depth > 0 ? 9 : 6) switch
    {
        0 => new() { ["kind"] = "tag", ["name"] = dice.Pick(Tags) },
        1 => new() { ["kind"] = "list", ["name"] = dice.Pick(Lists) },
        2 => new() { ["kind"] = "property", ["name"] = "plan", ["is"] = "equals", ["value"] = dice.Pick(Plans) },
        3 => Done(dice.Pick(Recorded)),
        4 or 5 => OfEvents(windowed: dice.Chance(0.5)),
        6 => new() { ["kind"] = "not", ["of"] = Condition(depth - 1) },
        7 => All(Condition(depth - 1), Condition(depth - 1)),
        _ => Any(Condition(depth - 1), Condition(depth - 1)),
    };

    JsonObject OfEvents(bool windowed)
    {
        var condition = dice.Next(3) switch
        {
            0 => new JsonObject { ["kind"] = "event", ["events"] = new JsonArray("order"), ["function"] = "sum", ["property"] = "total", ["is"] = "atLeast", ["value"] = dice.Between(20, 200) },
            1 => new JsonObject { ["kind"] = "event", ["events"] = new JsonArray(dice.Pick(Events)), ["function"] = "distinct", ["property"] = "basket", ["is"] = "atLeast", ["value"] = 2 },
            _ => new JsonObject { ["kind"] = "event", ["events"] = new JsonArray(dice.Pick(Events)), ["function"] = "count", ["is"] = "atLeast", ["value"] = dice.Between(1, 4) },
        };
        if (windowed)
            condition["window"] = new JsonObject { ["last"] = dice.Pick("PT20H", "P2D", "P7D") };
        return condition;
    }

    /// <summary>By its number, not by the dice, what came of the last messages.</summary>
    JsonObject Done(string name) => asksOfMessages && ++_asked % 2 == 0
        ? new() { ["kind"] = "lastMessages", ["count"] = 1 + _asked % 3, ["is"] = _asked % 4 == 0 ? "noneOpened" : "noneClicked" }
        : Did(name);

    static JsonObject Did(string name) => new() { ["kind"] = "event", ["events"] = new JsonArray(name), ["is"] = "did" };
    static JsonObject All(JsonObject one, JsonObject other) => new() { ["kind"] = "all", ["of"] = new JsonArray(one, other) };
    static JsonObject Any(JsonObject one, JsonObject other) => new() { ["kind"] = "any", ["of"] = new JsonArray(one, other) };
}
