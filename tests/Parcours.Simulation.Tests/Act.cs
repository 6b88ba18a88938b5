using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Simulation.Tests;

/// <summary>One thing that happens to the engine from outside: a closed set.</summary>
abstract record Act
{
    Act() { }

    public sealed record Advance(Duration By) : Act;
    /// <summary>One call, several items.</summary>
    public sealed record Submit(IReadOnlyList<Submission> Items) : Act;
    /// <summary>By hand, to whatever enrolment the contact is in when it comes to it.</summary>
    /// <param name="Point">Null: taken out; else where to.</param>
    public sealed record ByHand(string User, string? Point, string MessageId) : Act;
    /// <summary>Of the latest message that the contact got.</summary>
    public sealed record Notice(string User, FeedbackKind Kind, string MessageId) : Act;
    public sealed record MergeByHand(string Winner, string Loser, string MessageId) : Act;
    public sealed record Erase(string User, string MessageId) : Act;
    public sealed record Segment(string Name, string Json) : Act;
    public sealed record Publish(string Journey, string Json) : Act;
    public sealed record Pause(string Journey, bool RunOn) : Act;
    public sealed record Resume(string Journey) : Act;
    public sealed record End(string Journey) : Act;
}

/// <summary>Draws what happens: the same for a run with faults and for one without.</summary>
/// <param name="erases">Whether contacts are erased: where they are, rows tell less than what was counted.</param>
sealed class ActMaker(Dice dice, CatalogueMaker catalogue, bool erases)
{
    static readonly string[] Journeys = ["one", "two", "three"];
    readonly List<Submission> _sent = [];
    Instant _now = Simulation.Start;
    int _ids;

    public IReadOnlyList<Act> Make(int count)
    {
        List<Act> acts = [.. CatalogueMaker.Segments.Select(name => new Act.Segment(name, catalogue.Segment(name)))];
        acts.AddRange(Journeys.Select(journey => new Act.Publish(journey, catalogue.Journey(journey))));
        while (acts.Count < count)
            acts.Add(Next());
        // At the end everything runs out, so that the last waits fire too.
        acts.Add(new Act.Advance(Duration.FromDays(9)));
        return acts;
    }

    Act Next() => dice.Next(40) switch
    {
        < 20 => new Act.Submit([.. Enumerable.Range(0, dice.Chance(0.3) ? dice.Between(2, 8) : 1).Select(_ => Item())]),
        < 30 => Advance(),
        30 or 31 => ByHand(User(), dice.Chance(0.5) ? null : $"p{dice.Next(6)}", Id()),
        32 => new Act.MergeByHand(User(), User(), Id()),
        33 => new Act.Segment("mixed", catalogue.Segment("mixed")),
        34 => Publish(),
        35 => new Act.Pause(dice.Pick(Journeys), dice.Chance(0.5)),
        36 or 37 => new Act.Resume(dice.Pick(Journeys)),
        38 when dice.Chance(0.15) => new Act.End(dice.Pick(Journeys)),
        _ => Advance(),
    };

    /// <summary>By its number, not by the dice, the contact itself does something with what it got, or is erased.</summary>
    Act ByHand(string user, string? point, string messageId) => erases && _ids % 4 == 1 ? new Act.Erase(user, messageId) : catalogue.AsksOfMessages && _ids % 3 == 0
        ? new Act.Notice(user, point is null ? FeedbackKind.Opened : FeedbackKind.Clicked, messageId)
        : new Act.ByHand(user, point, messageId);

    Act.Publish Publish()
    {
        var journey = dice.Pick(Journeys);
        return new(journey, catalogue.Journey(journey));
    }

    Act.Advance Advance()
    {
        var by = dice.Next(5) switch
        {
            0 => Duration.FromSeconds(dice.Between(1, 100)),
            1 => Duration.FromMinutes(dice.Between(1, 200)),
            2 => Duration.FromDays(dice.Between(1, 3)),
            _ => Duration.FromHours(dice.Between(1, 30)),
        };
        _now += by;
        return new(by);
    }

    Submission Item()
    {
        if (_sent.Count > 0 && dice.Chance(0.1))
            return dice.Pick(_sent);
        var item = dice.Next(12) switch
        {
            < 7 => Event(),
            7 => Edits(Origin.Person),
            8 => Edits(dice.Pick(Origin.Live, Origin.Import)),
            9 => new()
            {
                // Anonymous until now; known from here on: two contacts may prove to be one (Semantics 4.3).
                Identities = [new(IdentityKind.UserId, User()), new(IdentityKind.AnonymousId, Anonymous())],
                Body = new SubmissionBody.Received([], """{"seen":true}"""u8.ToArray(), null, default),
            },
            10 => new() { Identities = [new(IdentityKind.UserId, User()), new(IdentityKind.UserId, User())], Body = new SubmissionBody.Alias() },
            _ => new()
            {
                Identities = [new(IdentityKind.UserId, User())],
                Origin = Origin.Person,
                Body = new SubmissionBody.Enrol(new(dice.Pick(Journeys)), """{"basket":"by-hand","total":5}"""u8.ToArray(), null),
            },
        };
        item = item with { MessageId = Id() };
        _sent.Add(item);
        return item;
    }

    Submission Event()
    {
        var total = dice.Between(-20, 90);
        return new()
        {
            Identities = [dice.Chance(0.75) ? new(IdentityKind.UserId, User()) : new(IdentityKind.AnonymousId, Anonymous())],
            Origin = dice.Chance(0.1) ? Origin.Import : Origin.Live,
            Body = new SubmissionBody.Received([], dice.Chance(0.3) ? Traits() : default, dice.Pick(CatalogueMaker.Events),
                System.Text.Encoding.UTF8.GetBytes($$"""{"total":{{total}},"basket":"b{{dice.Next(4)}}"}""")),
            // Some were long on their way (Semantics 2.3), some come from a clock that is wrong (2.2).
            Timestamp = dice.Next(10) switch { 0 => _now - Duration.FromHours(dice.Between(1, 200)), 1 => _now + Duration.FromHours(dice.Between(1, 60)), _ => null },
        };
    }

    byte[] Traits() => System.Text.Encoding.UTF8.GetBytes(dice.Next(3) switch
    {
        0 => """{"plan":"pro"}""",
        1 => """{"plan":null}""",
        _ => $$"""{"email":"e{{dice.Next(6)}}@example.org","plan":"free"}""",
    });

    Submission Edits(Origin origin) => new()
    {
        Identities = [new(IdentityKind.UserId, User())],
        Origin = origin,
        Body = new SubmissionBody.Received([.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => Edit()), .. Standing(origin)], default, null, default),
        Timestamp = dice.Chance(0.2) ? _now - Duration.FromHours(dice.Between(1, 50)) : null,
    };

    ContactEdit Edit() => dice.Next(7) switch
    {
        0 or 1 => new ContactEdit.AddTag(dice.Pick(CatalogueMaker.Tags)),
        2 => new ContactEdit.RemoveTag(dice.Pick(CatalogueMaker.Tags)),
        3 => new ContactEdit.JoinList(dice.Pick(CatalogueMaker.Lists)),
        4 => new ContactEdit.LeaveList(dice.Pick(CatalogueMaker.Lists)),
        5 => Property(dice.Chance(0.5) ? Value.Of("pro") : Value.None),
        _ => new ContactEdit.SetConsent("email", dice.Pick("news", "*"), dice.Pick(ConsentState.Refused, ConsentState.Given)),
    };

    /// <summary>By its number, not by the dice, somebody bars or archives besides, or takes it back; of an import this is not heard (Semantics 6.15, 6.16).</summary>
    IEnumerable<ContactEdit> Standing(Origin origin) => (_ids % 10) switch
    {
        1 or 6 => [new ContactEdit.Bar(new(Journeys[_ids / 10 % 3]), _ids % 10 == 1)],
        3 when origin != Origin.Live => [new ContactEdit.Archive(true)],
        4 or 5 or 8 => [new ContactEdit.Archive(false)],
        _ => [],
    };

    /// <summary>By its number, not by the dice, another property: a date that is near, or a zone.</summary>
    ContactEdit.SetProperty Property(Value plan) => (_ids % 4) switch
    {
        0 or 1 => new("due", plan.IsNone && _ids % 8 == 0 ? Value.None : Value.Of(_now.InUtc().Date.PlusDays(_ids % 5 - 1))),
        2 => new("timezone", Value.Of(_ids % 8 == 2 ? "America/New_York" : "Asia/Tokyo")),
        _ => new("plan", plan),
    };

    string User() => $"user{dice.Next(8)}";
    string Anonymous() => $"anon{dice.Next(5)}";
    string Id() => $"m{++_ids}";
}
