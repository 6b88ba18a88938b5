using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.StartingPoints;

/// <summary>What brings a contact into a journey. An open set, as <see cref="Points.JourneyPoint"/> is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EventStart), "event")]
[JsonDerivedType(typeof(TagAddedStart), "tagAdded")]
[JsonDerivedType(typeof(TagRemovedStart), "tagRemoved")]
[JsonDerivedType(typeof(SegmentEnteredStart), "segmentEntered")]
[JsonDerivedType(typeof(SegmentLeftStart), "segmentLeft")]
[JsonDerivedType(typeof(ListEnteredStart), "listEntered")]
[JsonDerivedType(typeof(ListLeftStart), "listLeft")]
[JsonDerivedType(typeof(PropertyBecomesStart), "propertyBecomes")]
[JsonDerivedType(typeof(JourneyLeftStart), "journeyLeft")]
[JsonDerivedType(typeof(DateStart), "date")]
[JsonDerivedType(typeof(ScheduleStart), "schedule")]
[JsonDerivedType(typeof(CartAbandonedStart), "cartAbandoned")]
[JsonDerivedType(typeof(BrowseAbandonedStart), "browseAbandoned")]
[JsonDerivedType(typeof(InactiveStart), "inactive")]
[JsonDerivedType(typeof(MessageStart), "message")]
[JsonDerivedType(typeof(HandStart), "hand")]
public abstract record StartingPoint
{
    [Description("Its id in this journey; points and starting points share their ids.")]
    public required string Id { get; init; }

    [Description("What the map calls it.")]
    public string? Name { get; init; }

    [Description("Who of those that it meets may come: asked of the contact and of the event that met it, which counts already.")]
    public Condition? Filter { get; init; }

    [Description("Whether imports start it too, if they ask for it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TakesImports { get; init; }

    [Description("The id of the first point.")]
    public string? Next { get; init; }

    static readonly FrozenDictionary<Type, string> Kinds = typeof(StartingPoint).GetCustomAttributes<JsonDerivedTypeAttribute>().ToFrozenDictionary(line => line.DerivedType, line => (string)line.TypeDiscriminator!); // All are texts.

    /// <summary>Its <c>kind</c> in the definition.</summary>
    [JsonIgnore]
    public string Kind => Kinds[GetType()];

    /// <summary>What it listens for; null: nothing that happens brings a contact in.</summary>
    protected internal virtual Activity? Activity => null;

    /// <summary>The moment of each contact's own at which it comes in; null: there is none.</summary>
    protected internal virtual ContactDate? OnDate => null;

    /// <summary>The moments at which it brings in whoever matches its filter; null: there are none.</summary>
    public virtual StartSchedule? ScheduleIn(DateTimeZone journey) => null;

    /// <summary>Who comes in besides, once, when the journey goes live: of whom it is true already (Semantics 6.10); null: nobody.</summary>
    [JsonIgnore]
    public Condition? Current => TakesCurrent;

    /// <summary>As <see cref="Current"/>.</summary>
    protected virtual Condition? TakesCurrent => null;

    /// <summary>What tells those of <see cref="Current"/> from others of this journey: its id and the condition; null with it.</summary>
    [JsonIgnore]
    public string? CurrentKey => Current is { } current ? $"{Id} {current.ToJson()}" : null;

    /// <summary>What it counts as abandoned; null: it waits for nothing of that kind.</summary>
    protected internal virtual Abandonment? Abandonment => null;

    /// <summary>Which messages that were sent bring a contact in; null: none do.</summary>
    protected internal virtual SentMessages? Sent => null;

    /// <summary>The moment of each contact's own, ready to be asked; null: there is none.</summary>
    protected internal virtual StartMoment? MomentIn(CompileContext compile) => OnDate is { } date ? new StartDate(date, compile.Settings.TimeZone) : null;

    /// <summary>Whether contacts are entered here by hand or over the API.</summary>
    protected internal virtual bool ByHand => false;

    /// <summary>One English clause: when a contact enters.</summary>
    public virtual string Explain() => Activity?.Explain() ?? OnDate?.Explain() ?? "somebody enters the contact";

    protected internal virtual void Check(CheckContext check)
    {
        Activity?.Check(check, "");
        OnDate?.Check(check);
        foreach (var name in Abandonment?.Events ?? [])
            check.Uses(UsedKind.Event, name);
        check.Condition(Filter, "filter", ConditionPlace.Entrance);
    }

    /// <param name="target">The index of the first point; −1: ends at once.</param>
    protected internal PlanStart Compile(CompileContext compile, int target) => new Plan(Activity?.Compile(compile), ByHand)
    {
        Id = Id,
        Target = target,
        Filter = Filter is null ? null : compile.Condition(Filter),
        Rule = RuleOf(compile),
        TakesImports = TakesImports,
        Date = MomentIn(compile),
        Schedule = ScheduleIn(compile.Zone),
        Current = Current is { } current ? compile.Condition(current) : null,
        CurrentKey = CurrentKey,
        Abandonment = Abandonment,
        Sent = Sent,
    };

    CompiledCondition? RuleOf(CompileContext compile)
    {
        Condition?[] parts = [compile.Settings.Eligibility, compile.Settings.Exclusions is { } excluded ? new Condition.Not(excluded) : null, Filter];
        Condition all = new Condition.All([.. parts.OfType<Condition>()]);
        // Together they may be more than a condition can be: then the record does without.
        return parts.All(part => part is null) || ConditionCompiler.Check(all, "").Any(problem => problem.Severity == Severity.Error) ? null : compile.Condition(all);
    }

    sealed class Plan(CompiledActivity? activity, bool byHand) : PlanStart
    {
        public override Dependencies Hears => activity?.Hears ?? Dependencies.None;

        public override bool ByHand => byHand;

        public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact) =>
            activity is not null && activity.Matches(occurred, changes, contact);
    }
}
