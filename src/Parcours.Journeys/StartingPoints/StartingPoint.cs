using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

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

    /// <summary>What it listens for; null: it hears nothing, contacts are entered by hand or over the API.</summary>
    protected internal abstract Activity? Activity { get; }

    /// <summary>One English clause: when a contact enters.</summary>
    public string Explain() => Activity?.Explain() ?? "somebody enters the contact";

    protected internal void Check(CheckContext check)
    {
        Activity?.Check(check, "");
        check.Condition(Filter, "filter", ConditionPlace.Entrance);
    }

    /// <param name="target">The index of the first point; −1: ends at once.</param>
    protected internal PlanStart Compile(CompileContext compile, int target) =>
        new Plan(Activity?.Compile(compile)) { Id = Id, Target = target, Filter = Filter is null ? null : compile.Condition(Filter), TakesImports = TakesImports };

    sealed class Plan(CompiledActivity? activity) : PlanStart
    {
        public override Dependencies Hears => activity?.Hears ?? Dependencies.None;

        public override bool ByHand => activity is null;

        public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact) =>
            activity is not null && activity.Matches(occurred, changes, contact);
    }
}
