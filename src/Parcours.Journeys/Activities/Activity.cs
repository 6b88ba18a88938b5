using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Activities;

/// <summary>Something that happens to a contact at one moment: what starting points and waits listen for.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EventActivity), "event")]
[JsonDerivedType(typeof(TagAddedActivity), "tagAdded")]
[JsonDerivedType(typeof(TagRemovedActivity), "tagRemoved")]
[JsonDerivedType(typeof(ListEnteredActivity), "listEntered")]
[JsonDerivedType(typeof(ListLeftActivity), "listLeft")]
[JsonDerivedType(typeof(SegmentEnteredActivity), "segmentEntered")]
[JsonDerivedType(typeof(SegmentLeftActivity), "segmentLeft")]
[JsonDerivedType(typeof(PropertyBecomesActivity), "propertyBecomes")]
[JsonDerivedType(typeof(JourneyLeftActivity), "journeyLeft")]
[JsonDerivedType(typeof(MessageActivity), "message")]
public abstract record Activity
{
    /// <summary>One English clause: <c>Order Completed happens</c>.</summary>
    public abstract string Explain();

    /// <param name="field">Where it stands in its point, as the tail of a JSON pointer with a closing slash, or empty.</param>
    protected internal abstract void Check(CheckContext check, string field);

    protected internal abstract CompiledActivity Compile(CompileContext compile);
}

/// <summary>An activity ready to be compared with what happened.</summary>
public abstract class CompiledActivity
{
    public abstract Dependencies Hears { get; }

    /// <param name="contact">The contact as it stands: an "entered" that is no longer true at its turn counts for nothing (Semantics 3.2).</param>
    public abstract bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact);

    /// <summary>Something came back of a message of this enrolment.</summary>
    public virtual bool Matches(Stimulus.MessageFeedback feedback, in ConditionContext contact) => false;
}
