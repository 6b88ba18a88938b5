using System.Collections.Immutable;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

/// <summary>A way out of a point.</summary>
/// <param name="Name"><c>next</c>, <c>yes</c>, <c>no</c>, <c>timeout</c> or a path's name: what counters and history show.</param>
/// <param name="Target">The index of the point it leads to; −1 ends the journey as completed; below it the contact rests in a stage, see <see cref="RestIn"/>.</param>
public readonly record struct PlanEdge(string Name, int Target)
{
    /// <summary>The target of a line that ends in a stage.</summary>
    public static int RestIn(int stage) => -2 - stage;
}

/// <summary>What may be noticed of a message. What is off anywhere (the installation, the content, the point, the contact) is off.</summary>
public readonly record struct MessageTracking(bool Opens, bool Clicks)
{
    public static MessageTracking All => new(true, true);
    public static MessageTracking None => default;
    public static MessageTracking operator &(MessageTracking one, MessageTracking other) => new(one.Opens && other.Opens, one.Clicks && other.Clicks);
    public static MessageTracking BitwiseAnd(MessageTracking left, MessageTracking right) => left & right;
}

/// <summary>One compiled journey point. The engine and the step function never ask what kind it is.</summary>
public abstract class PlanPoint
{
    public required string Id { get; init; }
    public required int Index { get; init; }
    public ImmutableArray<PlanEdge> Edges { get; init; } = [];

    /// <summary>What a contact who waits here listens to; <see cref="Dependencies.None"/> for those that wait for a timer only.</summary>
    public virtual Dependencies Hears => Dependencies.None;

    /// <summary>Whether opens and clicks of the messages that are decided here may be noticed.</summary>
    public virtual MessageTracking Tracking => MessageTracking.All;

    /// <summary>The content that is sent from here as it was when the version was published (Semantics 6.7); null: it is sent as it is live, or nothing is.</summary>
    public virtual string? PinnedContent => null;

    /// <summary>Under which name the answer to its message is kept in the journey's data; null: it is not.</summary>
    public virtual string? AnswerInto => null;

    /// <summary>What is measured here; null: nothing.</summary>
    public virtual ExperimentPlan? Experiment => null;

    /// <summary>Of a split whose shares can be set while it runs; null: there is nothing to set.</summary>
    public virtual SplitPlan? Split => null;

    /// <summary>What of the answer is kept: all of it.</summary>
    public virtual ReadOnlyMemory<byte> Kept(Catalogue catalogue, ReadOnlyMemory<byte> answer) => answer;

    /// <summary>The condition whose answer is on record where somebody left by this edge; null: none is.</summary>
    public virtual CompiledCondition? Decided(int edge) => null;

    /// <summary>The contact arrives.</summary>
    public abstract Move Enter(StepContext context);

    /// <summary>
    /// Of a contact that has waited here in an older version, where the point said something else: whether what it waits for is reckoned anew, as if it came now but from its arrival (<see cref="StepContext.Arrived"/>).
    /// Its wait stays as it was where something has been asked for or sent already (Semantics 6.5).
    /// </summary>
    public virtual bool RejoinsAnew => false;

    /// <summary>The contact waits here and something that it may care for happened: a due timer, or a stimulus of <see cref="Hears"/>.</summary>
    /// <param name="stimulus">
    /// <see cref="Stimulus.TimerDue"/>; <see cref="Stimulus.Changed"/> for every event and change, from outside too; <see cref="Stimulus.MessageSettled"/> and
    /// <see cref="Stimulus.MessageFeedback"/> of this enrolment's messages where <see cref="Hears"/> has messages; <see cref="Stimulus.JourneyResumed"/> when the wait was
    /// <see cref="Wait.Noted"/>. While the journey is paused the point is asked too, but only whether it would go on: what it does is undone and noted (Semantics 8.3).
    /// </param>
    public virtual Move Resume(StepContext context, Stimulus stimulus) => Move.Stay;
}

/// <summary>What a point decides.</summary>
public readonly record struct Move
{
    /// <summary>Which case this is.</summary>
    public enum Kind { Stay, Follow, Wait, End }

    public Kind What { get; private init; }
    /// <summary>Follow: the index into <see cref="PlanPoint.Edges"/>.</summary>
    public int Edge { get; private init; }
    public Wait? Wait { get; private init; }
    public Outcome Outcome { get; private init; }
    public string? Why { get; private init; }

    /// <summary>Goes on waiting as before.</summary>
    public static Move Stay => default;
    public static Move Follow(int edge) => new() { What = Kind.Follow, Edge = edge };
    /// <summary>Waits, due in the time of the wait's queue (see <see cref="JourneyDials.ToJourneyTime"/>).</summary>
    public static Move WaitFor(Wait wait) => new() { What = Kind.Wait, Wait = wait };
    public static Move End(Outcome outcome, string? why = null) => new() { What = Kind.End, Outcome = outcome, Why = why };
}
