using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace Parcours.Journeys.Conditions;

/// <summary>Whether none of the latest messages was opened, or none clicked; reads the memory alone.</summary>
sealed class LastMessagesNode(string channel, int count, LastMessagesIs wanted) : LeafNode
{
    readonly LastMessagesAggregate _aggregate = new(channel, count);

    internal override bool Holds(in ConditionContext context) => Look(context, out var noticed) == count && noticed == 0;

    internal override Truth Look(in ConditionContext context) => new(Holds(context), null);

    int Look(in ConditionContext context, out int noticed)
    {
        var sent = noticed = 0;
        if (context.Contact.Memory.GetValueOrDefault(_aggregate.Id) is MessagesMemory memory)
            foreach (var item in memory.OfLatest(count, sent: true))
            {
                sent++;
                noticed += (wanted == LastMessagesIs.NoneOpened ? item.Opened : item.Clicked) ? 1 : 0;
            }
        return sent;
    }

    internal override bool IsKept => true;

    private protected override string Found(in ConditionContext context)
    {
        var sent = Look(context, out var noticed);
        return string.Create(CultureInfo.InvariantCulture, $"{noticed} of {sent}");
    }

    private protected override Explanation Told(bool holds, string found, Instant? flipsAt) =>
        new("lastMessages", channel, string.Create(CultureInfo.InvariantCulture, $"{Named.Of(wanted)} of the last {count}"), found, holds, flipsAt, []);

    internal override Dependencies Dependencies => Dependencies.None with { Events = [.. _aggregate.Events] };
    internal override ImmutableArray<AggregateDefinition> Aggregates => [_aggregate];
}
