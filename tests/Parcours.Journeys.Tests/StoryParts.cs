using System.Buffers;
using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests;

/// <summary>A condition by a function, for tests of the machine.</summary>
public sealed class StoryCondition(Dependencies dependencies, Func<ConditionContext, Truth> ask, params ImmutableArray<AggregateDefinition> aggregates) : CompiledCondition
{
    public int Asked { get; private set; }
    public override Dependencies Dependencies => dependencies;
    public override ImmutableArray<AggregateDefinition> Aggregates => aggregates;
    public override bool Holds(in ConditionContext context) => Evaluate(context).Holds;
    public override Truth Evaluate(in ConditionContext context)
    {
        Asked++;
        return ask(context);
    }

    public override Explanation Explain(in ConditionContext context) => new("story", "", "", "", Holds(context), null, []);
    public override ulong LeafBits(in ConditionContext context) => Holds(context) ? 1UL : 0;
    public override string? LeafValues(in ConditionContext context) => null;
    public override Explanation Recall(ulong bits, string? values) => new("story", "", "", "", bits == 1, null, []);

    public static StoryCondition HasTag(string tag) => new(Dependencies.None with { Tags = [tag] }, context => new(context.Contact.HasTag(tag), null));
    public static StoryCondition LacksTag(string tag) => new(Dependencies.None with { Tags = [tag] }, context => new(!context.Contact.HasTag(tag), null));
    public static StoryCondition In(string segment) => new(Dependencies.None with { Segments = [segment] }, context => new(context.Contact.Segments.Contains(segment), null));
    public static StoryCondition Is(string property, string value) => new(Dependencies.None with { Properties = [property] }, context => new(context.Contact.Property(property) == Value.Of(value), null));
    public static StoryCondition From(Instant at) => new(Dependencies.None with { Time = true }, context => context.Now >= at ? new(true, null) : new(false, at));
    public static StoryCondition Always { get; } = new(Dependencies.None, _ => new(true, null));
    public static StoryCondition Never { get; } = new(Dependencies.None, _ => new(false, null));

    /// <summary>Did it at least so often, ever.</summary>
    public static StoryCondition Did(string name, int times = 1)
    {
        var aggregate = new TimesOf(name);
        return new(Dependencies.None with { Events = [name] }, context => new(TimesOf.In(context.Contact, aggregate).Length >= times, null), aggregate);
    }

    /// <summary>Did not do it within the window (now − W, now]: flips by itself.</summary>
    public static StoryCondition NotWithin(Duration window, string name)
    {
        var aggregate = new TimesOf(name);
        return new(
            Dependencies.None with { Events = [name], Time = true },
            context =>
            {
                var now = context.Now;
                var inside = TimesOf.In(context.Contact, aggregate).Where(at => at > now - window && at <= now).ToList();
                return inside.Count == 0 ? new(true, null) : new(false, inside.Max() + window);
            },
            aggregate);
    }

    /// <summary>A message of this journey was opened.</summary>
    public static StoryCondition Opened { get; } = new(Dependencies.None with { Messages = true }, context => new(context.Enrolment?.Messages.Any(message => message.Opened) == true, null));
}

/// <summary>Remembers when an event occurred, each time.</summary>
public sealed class TimesOf(string name) : AggregateDefinition
{
    public override AggregateId Id => new((ulong)name.Sum(letter => letter * 31L) + (ulong)name.Length * 1_000_003UL);
    public override string Canonical => name;
    public override IReadOnlyList<string> Events => [name];
    public override bool Matches(ContactEvent occurred) => occurred.Name == name;
    public override AggregateMemory Add(AggregateMemory? memory, ContactEvent occurred, Instant now) => new Times([.. (memory as Times)?.At ?? [], occurred.OccurredAt]);
    public override AggregateMemory Read(ReadOnlySpan<byte> stored) => throw new NotSupportedException();
    public static ImmutableArray<Instant> In(Contact contact, AggregateDefinition aggregate) => contact.Memory.TryGetValue(aggregate.Id, out var memory) ? ((Times)memory).At : [];

    sealed record Times(ImmutableArray<Instant> At) : AggregateMemory
    {
        public override AggregateMemory Merge(AggregateMemory other) => new Times([.. At.Concat(((Times)other).At).Order()]);
        public override void Write(IBufferWriter<byte> output) => throw new NotSupportedException();
        public override string ToString() => string.Join(" ", At);
    }
}

/// <summary>A starting point by a function.</summary>
public sealed class StoryStart(Dependencies hears, Func<ContactEvent?, ImmutableArray<ContactChange>, bool> matches, bool byHand = false) : PlanStart
{
    public override Dependencies Hears => hears;
    public override bool ByHand => byHand;
    public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact) => matches(occurred, changes);
}

/// <summary>A point by two functions.</summary>
public sealed class StoryPoint(Func<StepContext, Move> enter, Func<StepContext, Stimulus, Move>? resume = null, Dependencies? hears = null) : PlanPoint
{
    public override Dependencies Hears => hears ?? Dependencies.None;
    public override Move Enter(StepContext context) => enter(context);
    public override Move Resume(StepContext context, Stimulus stimulus) => resume is null ? Move.Stay : resume(context, stimulus);
}
