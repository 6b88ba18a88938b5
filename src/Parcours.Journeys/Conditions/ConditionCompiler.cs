using System.Collections.Immutable;
using System.Diagnostics;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Conditions;

/// <summary>Checks conditions and makes them ready to be asked.</summary>
public static partial class ConditionCompiler
{
    /// <exception cref="ArgumentException">The condition has errors; ask <see cref="Check"/> first.</exception>
    public static CompiledCondition Compile(Condition condition)
    {
        foreach (var problem in Check(condition, ""))
            // What contradicts itself can be asked, and hangs on the properties' types, which are not known here: one of choices may be two at once.
            if (problem.Severity == Severity.Error && problem.Code != "condition.contradiction")
                throw new ArgumentException($"{problem.Path}: {problem.Text} ({problem.Code})", nameof(condition));
        return new CompiledTree(Node(condition));
    }

    internal static ConditionNode Node(Condition condition) => condition switch
    {
        Condition.All all => new AllNode([.. all.Of.Select(Node)]),
        Condition.Any any => new AnyNode([.. any.Of.Select(Node)]),
        Condition.Not not => new NotNode(Node(not.Of)),
        Condition.Property property => new PropertyNode(property.Name, false, property.Is, new(property.Is, property.Value, property.Values, property.Duration, property.IgnoreCase ?? true)),
        Condition.Field field => new PropertyNode(field.Name, true, field.Is, new(field.Is, field.Value, field.Values, field.Duration, field.IgnoreCase ?? true, ofEvent: true)),
        Condition.Tag tag => new TagNode(tag.Name),
        Condition.List list => new ListNode(list.Name),
        Condition.Segment segment => new SegmentNode(segment.Name),
        Condition.Journey journey => new JourneyNode(journey.Id, journey.Point),
        Condition.Consent consent => new ConsentNode(consent.Channel, consent.Topic, consent.Is),
        Condition.Event happened => new EventNode(happened),
        Condition.Message message => new MessageNode(message.Point, message.Is, message.Link),
        Condition.LastMessages last => new LastMessagesNode(last.Channel ?? Condition.LastMessages.DefaultChannel, last.Count, last.Is),
        Condition.Time time => new TimeNode(time),
        _ => throw new UnreachableException($"{condition.GetType().Name} is no kind of condition."),
    };

    sealed class CompiledTree : CompiledCondition
    {
        readonly ConditionNode _root;
        readonly ImmutableArray<ConditionNode> _leaves;
        readonly int _kept;

        internal CompiledTree(ConditionNode root)
        {
            _root = root;
            _leaves = [.. root.Leaves];
            _kept = _leaves.Count(leaf => leaf is LeafNode { IsKept: true });
            Dependencies = root.Dependencies;
            Aggregates = [.. root.Aggregates.DistinctBy(aggregate => aggregate.Id)];
        }

        public override Dependencies Dependencies { get; }
        public override ImmutableArray<AggregateDefinition> Aggregates { get; }
        public override bool Holds(in ConditionContext context) => _root.Holds(context);
        public override Truth Evaluate(in ConditionContext context) => _root.Evaluate(context);
        public override Explanation Explain(in ConditionContext context) => _root.Explain(context);

        public override ulong LeafBits(in ConditionContext context)
        {
            var bits = 0UL;
            for (var leaf = 0; leaf < _leaves.Length; leaf++)
                if (_leaves[leaf].Holds(context))
                    bits |= 1UL << leaf;
            return bits;
        }

        public override string? LeafValues(in ConditionContext context)
        {
            if (_kept == 0)
                return null;
            // Of one value, as of most conditions, its text is all that is made.
            var values = _kept == 1 ? null : new System.Text.StringBuilder();
            foreach (var leaf in _leaves)
            {
                if (leaf is not LeafNode { IsKept: true } kept)
                    continue;
                var found = kept.Kept(context).Replace(LeafRecord.Mark, ' ');
                if (found.Length > LeafRecord.LengthMax)
                    found = found[..(LeafRecord.LengthMax - 1)] + "…";
                if (values is null)
                    return LeafRecord.Mark + found;
                values.Append(LeafRecord.Mark).Append(found);
            }
            return values?.ToString();
        }

        public override Explanation Recall(ulong bits, string? values) => _root.Recall(new(bits, values));
    }
}
