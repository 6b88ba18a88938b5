using System.Collections.Immutable;
using System.ComponentModel;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Activities;

/// <summary>The contact gets a tag that it had not.</summary>
[Description("The contact gets a tag that it had not.")]
public sealed record TagAddedActivity : Activity
{
    [Description("The tag's name.")]
    public required string Tag { get; init; }

    public override string Explain() => $"the tag {Tag} is added";
    protected internal override void Check(CheckContext check, string field) => check.Tag(Tag, $"{field}tag");
    protected internal override CompiledActivity Compile(CompileContext compile) =>
        new CompiledMembership(Dependencies.None with { Tags = [Tag] }, new ContactChange.TagAdded(Tag), contact => contact.HasTag(Tag));
}

/// <summary>The contact loses a tag that it had.</summary>
[Description("The contact loses a tag that it had.")]
public sealed record TagRemovedActivity : Activity
{
    [Description("The tag's name.")]
    public required string Tag { get; init; }

    public override string Explain() => $"the tag {Tag} is removed";
    protected internal override void Check(CheckContext check, string field) => check.Tag(Tag, $"{field}tag");
    protected internal override CompiledActivity Compile(CompileContext compile) =>
        new CompiledMembership(Dependencies.None with { Tags = [Tag] }, new ContactChange.TagRemoved(Tag), contact => !contact.HasTag(Tag));
}

/// <summary>The contact comes on a list.</summary>
[Description("The contact comes on a list.")]
public sealed record ListEnteredActivity : Activity
{
    [Description("The list's name.")]
    public required string List { get; init; }

    public override string Explain() => $"the contact comes on the list {List}";
    protected internal override void Check(CheckContext check, string field) => check.List(List, $"{field}list");
    protected internal override CompiledActivity Compile(CompileContext compile) =>
        new CompiledMembership(Dependencies.None with { Lists = [List] }, new ContactChange.ListJoined(List), contact => contact.IsOn(List));
}

/// <summary>The contact is taken off a list.</summary>
[Description("The contact is taken off a list.")]
public sealed record ListLeftActivity : Activity
{
    [Description("The list's name.")]
    public required string List { get; init; }

    public override string Explain() => $"the contact leaves the list {List}";
    protected internal override void Check(CheckContext check, string field) => check.List(List, $"{field}list");
    protected internal override CompiledActivity Compile(CompileContext compile) =>
        new CompiledMembership(Dependencies.None with { Lists = [List] }, new ContactChange.ListLeft(List), contact => !contact.IsOn(List));
}

/// <summary>The contact becomes a member of a segment.</summary>
[Description("The contact becomes a member of a segment.")]
public sealed record SegmentEnteredActivity : Activity
{
    [Description("The segment's name.")]
    public required string Segment { get; init; }

    public override string Explain() => $"the contact enters the segment {Segment}";
    protected internal override void Check(CheckContext check, string field) => check.Segment(Segment, $"{field}segment");
    protected internal override CompiledActivity Compile(CompileContext compile) =>
        new CompiledMembership(Dependencies.None with { Segments = [Segment] }, new ContactChange.SegmentEntered(Segment), contact => contact.Segments.Contains(Segment));
}

/// <summary>The contact is no longer a member of a segment.</summary>
[Description("The contact is no longer a member of a segment.")]
public sealed record SegmentLeftActivity : Activity
{
    [Description("The segment's name.")]
    public required string Segment { get; init; }

    public override string Explain() => $"the contact leaves the segment {Segment}";
    protected internal override void Check(CheckContext check, string field) => check.Segment(Segment, $"{field}segment");
    protected internal override CompiledActivity Compile(CompileContext compile) =>
        new CompiledMembership(Dependencies.None with { Segments = [Segment] }, new ContactChange.SegmentLeft(Segment), contact => !contact.Segments.Contains(Segment));
}

/// <summary>One change that must have happened, and must still be so when its turn comes (Semantics 3.2).</summary>
sealed class CompiledMembership(Dependencies hears, ContactChange wanted, Func<Contact, bool> stillSo) : CompiledActivity
{
    public override Dependencies Hears => hears;

    public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact)
    {
        foreach (var change in changes)
            if (change.Equals(wanted))
                return stillSo(contact.Contact);
        return false;
    }
}
