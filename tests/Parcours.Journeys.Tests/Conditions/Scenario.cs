using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>One contact's made-up past: what was said and done, when, and a condition to ask. Everything follows from the seed.</summary>
public sealed class Scenario
{
    static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);
    static readonly string[] Names = ["bought", "cancelled", "visited"];
    static readonly string[] Words = ["red", "Red", "green", "blue", "dark blue"];
    readonly Random _dice;
    Enrolment? _enrolment;
    readonly Dictionary<(int Edits, int Events), Contact> _contacts = [];

    public Scenario(int seed)
    {
        Seed = seed;
        _dice = new Random(seed);
        Zone = DateTimeZoneProviders.Tzdb[Pick("UTC", "Europe/Paris", "America/Sao_Paulo")];
        Edits = [.. Many(8, Edit).OrderBy(edit => edit.At)];
        Events = [.. Many(12, Event).OrderBy(occurred => occurred.ReceivedAt).Select((occurred, index) => occurred with { Sequence = index + 1 })];
        Messages = [.. Many(3, Message)];
        do
            Condition = Tree(3);
        while (ConditionCompiler.Check(Condition, "").Any(problem => problem.Severity == Severity.Error));
        Compiled = ConditionCompiler.Compile(Condition);
    }

    public int Seed { get; }
    public DateTimeZone Zone { get; }
    public ImmutableArray<(Instant At, ContactEdit Order)> Edits { get; }
    public ImmutableArray<ContactEvent> Events { get; }
    public ImmutableArray<EnrolmentMessage> Messages { get; }
    public Condition Condition { get; }
    public CompiledCondition Compiled { get; }
    public Random Dice => _dice;

    /// <summary>Every instant at which anything that a condition looks at changes or could, and the microseconds beside it.</summary>
    public IEnumerable<Instant> Interesting()
    {
        var durations = Durations(Condition).Distinct().ToList();
        var points = Events.SelectMany(occurred => new[] { occurred.OccurredAt, occurred.ReceivedAt })
            .Concat(Events.Select(occurred => occurred.Properties["when"]).Where(value => !value.IsNone).Select(value => Oracle.AsInstant(value, Zone)!.Value))
            .Concat(Edits.Select(edit => edit.At))
            .Concat(Edits.Select(edit => edit.Order).OfType<ContactEdit.SetProperty>().Select(set => Oracle.AsInstant(set.Value, Zone)).OfType<Instant>())
            .Append(Start).Distinct().ToList();
        return points.Concat(points.SelectMany(point => durations.SelectMany(length => new[] { point + length, point - length })))
            .SelectMany(point => new[] { point - Duration.FromTicks(10), point, point + Duration.FromTicks(10) })
            .Distinct().Order();
    }

    static IEnumerable<Duration> Durations(Condition condition) => condition switch
    {
        Condition.All all => all.Of.SelectMany(Durations),
        Condition.Any any => any.Of.SelectMany(Durations),
        Condition.Not not => Durations(not.Of),
        Condition.Property { Duration: { } length } => [length],
        Condition.Field { Duration: { } length } => [length],
        Condition.Event happened => new[] { happened.Window?.Last, happened.Duration }.OfType<Duration>(),
        _ => [],
    };

    /// <summary>The contact with all that had arrived by an instant, its memory kept event by event as a worker would.</summary>
    /// <remarks>One contact for all instants between which nothing arrived: do not change it.</remarks>
    public Contact ContactAt(Instant known)
    {
        var arrived = (Edits.Count(edit => edit.At <= known), Events.Count(occurred => occurred.ReceivedAt <= known));
        if (_contacts.TryGetValue(arrived, out var contact))
            return contact;
        _contacts[arrived] = contact = Bare(known);
        foreach (var occurred in Events.Where(occurred => occurred.ReceivedAt <= known))
            Remember(contact, occurred, occurred.ReceivedAt);
        return contact;
    }

    public Contact Bare(Instant known)
    {
        var contact = new Contact(ContactId.Create(1, 0, 0), Start);
        foreach (var (at, order) in Edits.Where(edit => edit.At <= known))
            contact.Apply(order, at, Origin.Live);
        contact.Segments.UnionWith(Seed % 2 == 0 ? ["vip"] : []);
        return contact;
    }

    public void Remember(Contact contact, ContactEvent occurred, Instant now)
    {
        foreach (var aggregate in Compiled.Aggregates)
            if (aggregate.Matches(occurred))
                contact.Memory[aggregate.Id] = aggregate.Add(contact.Memory.GetValueOrDefault(aggregate.Id), occurred, now);
    }

    public ConditionContext Ask(Contact contact, Instant now) => new(contact, now, Events.FirstOrDefault(), Enrolment, Zone);

    public Enrolment Enrolment => _enrolment ??= new()
    {
        Id = default,
        Contact = default,
        Journey = new("j"),
        Version = 1,
        Number = 1,
        StartedAt = Start,
        StartOccurredAt = Start,
        StartingPoint = "hand",
        State = new EnrolmentState.Waiting("w", Start, new Wait(null, TimerQueue.Elapsed, "delay")),
        Messages = Messages,
    };

    public override string ToString() => $"seed {Seed}, {Zone.Id}: {Condition.ToJson()}\n  {string.Join("\n  ", Edits)}\n  " +
        string.Join("\n  ", Events.Select(occurred => $"{occurred.Name} at {occurred.OccurredAt}, received {occurred.ReceivedAt}: {System.Text.Encoding.UTF8.GetString(occurred.Properties.Json.Span)}"));

    // Times are multiples of six hours, so that instants coincide often.
    Instant Moment(int days) => Start + Duration.FromHours(6 * _dice.Next(days * 4));

    public (Instant At, ContactEdit Order) Edit() => (Moment(40), Pick<Func<ContactEdit>>(
        () => new ContactEdit.SetProperty("colour", _dice.Next(4) == 0 ? Value.None : Value.Of(Pick(Words))),
        () => new ContactEdit.SetProperty("age", Value.Of((decimal)_dice.Next(5))),
        () => new ContactEdit.SetProperty("open", Value.Of(Flip())),
        () => new ContactEdit.SetProperty("born", Flip() ? Value.Of(Moment(60).InUtc().Date) : Value.Of(LocalDatePattern.Iso.Format(Moment(60).InUtc().Date))),
        () => new ContactEdit.SetProperty("seen", Flip() ? Value.Of(Moment(60)) : Value.Of(InstantPattern.ExtendedIso.Format(Moment(60)))),
        () => new ContactEdit.SetProperty("likes", Value.Of(Many(3, () => Pick(Words)).ToList())),
        () => Flip() ? new ContactEdit.AddTag("t") : new ContactEdit.RemoveTag("t"),
        () => Flip() ? new ContactEdit.JoinList("l") : new ContactEdit.LeaveList("l"),
        () => new ContactEdit.SetConsent("email", Pick("news", "*"), Pick(ConsentState.Given, ConsentState.Refused, ConsentState.Unknown)))());

    public ContactEvent Event()
    {
        var received = Moment(40);
        // Late ones, and some of the coming day.
        var occurred = received + Duration.FromHours(6 * _dice.Next(-40, 5));
        var total = _dice.Next(5) switch { 0 => "", 1 => "\"total\":\"many\",", _ => $"\"total\":{_dice.Next(-3, 6)}.{_dice.Next(3)},".Replace("-0.", "-1.", StringComparison.Ordinal) };
        var when = Flip() ? $"\"when\":\"{InstantPattern.ExtendedIso.Format(Moment(60))}\"," : "";
        return new ContactEvent
        {
            Name = Pick(Names),
            OccurredAt = occurred,
            ReceivedAt = received,
            Properties = EventProperties.Parse($"{{{total}{when}\"sku\":\"{Pick(Words)}\"}}"),
        };
    }

    EnrolmentMessage Message() => new(default, Pick("m1", "m2"), _dice.Next(3), Pick(Enum.GetValues<MessageStatus>()), Start, Flip(), Flip(), Flip() ? ["a"] : ["b"], 1);

    Condition Tree(int depth) => depth == 0 || _dice.Next(3) == 0 ? Leaf() : Pick<Func<Condition>>(
        () => new Condition.All([.. Many(4, () => Tree(depth - 1)), Tree(depth - 1)]),
        () => new Condition.Any([.. Many(4, () => Tree(depth - 1)), Tree(depth - 1)]),
        () => new Condition.Not(Tree(depth - 1)))();

    Condition Leaf() => _dice.Next(10) switch
    {
        0 => new Condition.Tag("t"),
        1 => Pick<Condition>(new Condition.List("l"), new Condition.Segment("vip"), new Condition.Consent("email", "news", Pick(Enum.GetValues<ConsentState>()))),
        2 => new Condition.Message(Pick("m1", "m2"), Pick(Enum.GetValues<MessageIs>())),
        3 or 4 or 5 => Property(),
        6 => FieldLeaf(),
        _ => EventLeaf(),
    };

    Condition.Property Property() => Pick<Func<Condition.Property>>(
        () => new("colour", Pick(Comparison.Equals, Comparison.NotEquals, Comparison.Contains, Comparison.NotContains, Comparison.StartsWith, Comparison.EndsWith), Value.Of(Pick(Words)), IgnoreCase: Case()),
        () => new("colour", Pick(Comparison.In, Comparison.NotIn), Values: [Value.Of(Pick(Words)), Value.Of(Pick(Words))], IgnoreCase: Case()),
        () => new(Pick("colour", "age", "seen"), Pick(Comparison.Known, Comparison.Unknown)),
        () => new("age", Number(), Value.Of((decimal)_dice.Next(5))),
        () => new("age", Comparison.Between, Values: [Value.Of((decimal)_dice.Next(3)), Value.Of((decimal)_dice.Next(3, 6))]),
        () => new("open", Pick(Comparison.Equals, Comparison.NotEquals), Value.Of(Flip())),
        () => new(Pick("born", "seen"), Pick(Comparison.Before, Comparison.After, Comparison.AtLeast, Comparison.Equals), Flip() ? Value.Of(Moment(60)) : Value.Of(Moment(60).InUtc().Date)),
        () => new(Pick("born", "seen"), Pick(Comparison.WithinLast, Comparison.WithinNext, Comparison.LongerAgoThan), Duration: Length()),
        () => new(Pick("born", "seen"), Comparison.Anniversary),
        () => new(Pick("born", "seen"), Comparison.AnniversaryWithinNext, Duration: Length()),
        () => new("likes", Pick(Comparison.Contains, Comparison.NotContains), Value.Of(Pick(Words)), IgnoreCase: Case()),
        () => new("likes", Comparison.Equals, Value.Of([Pick(Words)])),
        () => new("likes", Comparison.In, Values: [Value.Of(Pick(Words)), Value.Of(Pick(Words))]))();

    Condition.Field FieldLeaf() => Pick<Func<Condition.Field>>(
        () => new("sku", Pick(Comparison.Equals, Comparison.NotEquals, Comparison.Contains), Value.Of(Pick(Words)), IgnoreCase: Case()),
        () => new("total", Number(), Value.Of((decimal)_dice.Next(-2, 4))),
        () => new("total", Pick(Comparison.Known, Comparison.Unknown)),
        () => new("when", Pick(Comparison.Before, Comparison.After), Value.Of(Moment(60).InUtc().Date)))();

    Condition.Event EventLeaf()
    {
        Condition? where = _dice.Next(3) == 0 ? Flip() ? FieldLeaf() : new Condition.Any([FieldLeaf(), new Condition.Not(FieldLeaf())]) : null;
        string[] names = [.. Many(2, () => Pick(Names)).Append(Pick(Names)).Distinct()];
        EventWindow? window = _dice.Next(4) switch
        {
            0 => null,
            1 => new(From: Flip() ? Start + Duration.FromDays(_dice.Next(15)) : null, To: Start + Duration.FromDays(_dice.Next(16, 40))),
            _ => new(Last: Length()),
        };
        return _dice.Next(6) switch
        {
            0 => new(names, Pick(Comparison.Did, Comparison.DidNot), where, Window: window),
            1 or 2 => Flip()
                ? new(names, Pick(Number(), Comparison.Equals, Comparison.NotEquals), where, Flip() ? EventFunction.Count : null, Window: window, Value: Value.Of(_dice.Next(-1, 9) / 2m))
                : new(names, Pick(Comparison.Between, Comparison.In, Comparison.NotIn), where, EventFunction.Count, Window: window, Values: [Value.Of((decimal)_dice.Next(2)), Value.Of((decimal)_dice.Next(2, 4))]),
            3 => new(names, Number(), where, Pick(EventFunction.Sum, EventFunction.Min, EventFunction.Max, EventFunction.First, EventFunction.Last), "total", window, Value.Of((decimal)_dice.Next(-3, 8))),
            4 => Flip()
                ? new(names, Number(), where, EventFunction.Distinct, Pick("sku", "total"), window, Value.Of((decimal)_dice.Next(4)))
                : new(names, Pick(Comparison.Equals, Comparison.NotEquals), where, Pick(EventFunction.First, EventFunction.Last), "sku", window, Value.Of(Pick(Words)), IgnoreCase: Case()),
            _ => new(names, Pick(Comparison.WithinLast, Comparison.WithinNext, Comparison.LongerAgoThan), where, Pick(EventFunction.First, EventFunction.Last), Flip() ? "when" : null, window, Duration: Length()),
        };
    }

    Comparison Number() => Pick(Comparison.LessThan, Comparison.AtMost, Comparison.GreaterThan, Comparison.AtLeast, Comparison.Equals);
    bool? Case() => Pick<bool?>(null, true, false);
    Duration Length() => Duration.FromHours(6 * _dice.Next(1, 100));
    bool Flip() => _dice.Next(2) == 0;
    T Pick<T>(params T[] choices) => choices[_dice.Next(choices.Length)];

    IEnumerable<T> Many<T>(int most, Func<T> make)
    {
        for (var left = _dice.Next(most + 1); left > 0; left--)
            yield return make();
    }
}
