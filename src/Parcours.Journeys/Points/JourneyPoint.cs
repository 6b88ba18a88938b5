using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>One step on the map: a rule (decides or waits) or an action (does something).</summary>
/// <remarks>
/// An open set: a new point is one file beside this one and one line in the catalogue here (docs/journeys.md gets its section; a test asks for it).
/// The engine and the step function never ask what kind a point is.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(IfPoint), "if")]
[JsonDerivedType(typeof(BranchPoint), "branch")]
[JsonDerivedType(typeof(SwitchPoint), "switch")]
[JsonDerivedType(typeof(StartedByPoint), "startedBy")]
[JsonDerivedType(typeof(SplitPoint), "split")]
[JsonDerivedType(typeof(ExperimentPoint), "experiment")]
[JsonDerivedType(typeof(FirstNPoint), "firstN")]
[JsonDerivedType(typeof(DelayPoint), "delay")]
[JsonDerivedType(typeof(WaitUntilPoint), "waitUntil")]
[JsonDerivedType(typeof(WaitUntilDatePoint), "waitUntilDate")]
[JsonDerivedType(typeof(WaitUntilTruePoint), "waitUntilTrue")]
[JsonDerivedType(typeof(WaitForPoint), "waitFor")]
[JsonDerivedType(typeof(WaitForFirstPoint), "waitForFirst")]
[JsonDerivedType(typeof(RunJourneyPoint), "runJourney")]
[JsonDerivedType(typeof(StagePoint), "stage")]
[JsonDerivedType(typeof(GoToPoint), "goTo")]
[JsonDerivedType(typeof(EndPoint), "end")]
[JsonDerivedType(typeof(ArchivePoint), "archive")]
[JsonDerivedType(typeof(SendEmailPoint), "sendEmail")]
[JsonDerivedType(typeof(AddTagPoint), "addTag")]
[JsonDerivedType(typeof(RemoveTagPoint), "removeTag")]
[JsonDerivedType(typeof(SetPropertyPoint), "setProperty")]
[JsonDerivedType(typeof(IncreasePropertyPoint), "increaseProperty")]
[JsonDerivedType(typeof(CopyPropertyPoint), "copyProperty")]
[JsonDerivedType(typeof(AddToListPoint), "addToList")]
[JsonDerivedType(typeof(RemoveFromListPoint), "removeFromList")]
[JsonDerivedType(typeof(SetConsentPoint), "setConsent")]
[JsonDerivedType(typeof(RecordEventPoint), "recordEvent")]
[JsonDerivedType(typeof(AddNotePoint), "addNote")]
[JsonDerivedType(typeof(CreateTaskPoint), "createTask")]
[JsonDerivedType(typeof(StartJourneyPoint), "startJourney")]
[JsonDerivedType(typeof(StopJourneyPoint), "stopJourney")]
[JsonDerivedType(typeof(NotifyPoint), "notify")]
[JsonDerivedType(typeof(CouponPoint), "coupon")]
[JsonDerivedType(typeof(AssignOwnerPoint), "assignOwner")]
[JsonDerivedType(typeof(WebhookPoint), "webhook")]
[JsonDerivedType(typeof(CustomActionPoint), "customAction")]
public abstract record JourneyPoint
{
    [Description("What its card on the map says; without it, what it does.")]
    public string? Name { get; init; }

    [Description("A remark for whoever reads the map.")]
    public string? Note { get; init; }

    /// <summary>The ways out, in the order in which the plan numbers them.</summary>
    public abstract IEnumerable<PointExit> Exits();

    /// <summary>Whether time passes here at every visit, so that a loop through it is no runaway.</summary>
    protected internal virtual bool TakesTime => false;

    /// <summary>By what clock those who wait here go on.</summary>
    [JsonIgnore]
    public WaitClock WaitsBy => WaitClock;

    /// <summary>As <see cref="WaitsBy"/>: what is overridden would be written into the definition.</summary>
    protected virtual WaitClock WaitClock => WaitClock.None;

    /// <summary>Whether it ends the journey by itself, so that it needs no way out.</summary>
    protected internal virtual bool IsEnd => false;

    /// <summary>Whether conditions can ask what became of its messages.</summary>
    protected internal virtual bool SendsMessages => false;

    /// <summary>What is asked of a contact in turn: the first that holds leads out by the exit of its place, none by the last. Null: more than what the contact is decides, or nothing.</summary>
    public virtual IReadOnlyList<Condition>? Asked() => null;

    /// <summary>One English sentence without a full stop: what it does.</summary>
    public abstract string Explain();

    /// <summary>Tells the problems of its own fields. Targets, reachability and loops are checked for all points alike.</summary>
    protected internal virtual void Check(CheckContext check) { }

    /// <summary>Makes its part of the plan. Only called when <see cref="Check"/> found no error.</summary>
    protected internal abstract PlanPoint Compile(CompileContext compile);
}

/// <summary>A way out of a point as its author wrote it.</summary>
/// <param name="Edge">Its name in the plan, in counters and in history.</param>
/// <param name="Target">The id of the point it leads to; null: the journey ends there as completed.</param>
/// <param name="Field">Where it stands in the point, as the tail of a JSON pointer: <c>next</c>, <c>paths/0/next</c>.</param>
public readonly record struct PointExit(string Edge, string? Target, string Field);

/// <summary>A point with one way out: all actions, and the simple rules.</summary>
public abstract record StraightPoint : JourneyPoint
{
    [Description("The id of the next point; without it the journey ends here as completed.")]
    public string? Next { get; init; }

    public override IEnumerable<PointExit> Exits() => [new("next", Next, "next")];
}
