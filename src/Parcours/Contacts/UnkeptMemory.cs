using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Contacts;

/// <summary>What a condition that nobody has saved needs to know of the past, and contacts do not keep: read from one contact's own events.</summary>
static class UnkeptMemory
{
    const int EventsMax = 10_000, PageLength = 500;

    /// <param name="contact">Decoded for the caller alone: what is gathered goes into it.</param>
    public static async ValueTask GatherAsync(IEngine engine, Contact contact, IReadOnlyList<AggregateDefinition> missing, Instant now, CancellationToken cancellationToken)
    {
        foreach (var aggregate in missing)
            contact.Memory.Remove(aggregate.Id);
        foreach (var id in contact.Absorbed.Prepend(contact.Id))
        {
            long? before = null;
            for (var looked = 0; looked < EventsMax;)
            {
                var page = await engine.Queries.TimelineAsync(id, before, PageLength, cancellationToken);
                foreach (var item in page)
                    if (item.Event is { } stored)
                        Fold(contact, missing, stored, now);
                if (page.Count < PageLength)
                    break;
                (looked, before) = (looked + page.Count, page[^1].Row.Sequence);
            }

            if (missing.Any(aggregate => aggregate is LastMessagesAggregate))
                // The latest are enough, whatever else became of some of them: failed, skipped, of another channel.
                foreach (var message in await engine.Queries.MessagesAsync(null, id, null, null, EventsMax / 10, cancellationToken))
                    if (message.Sent is { } sent)
                        Fold(contact, missing, sent, now);
        }
    }

    static void Fold(Contact contact, IReadOnlyList<AggregateDefinition> missing, ContactEvent occurred, Instant now)
    {
        foreach (var aggregate in missing)
            if (aggregate.Matches(occurred))
                Add(contact, aggregate, occurred, now);
    }

    static void Fold(Contact contact, IReadOnlyList<AggregateDefinition> missing, StoredEvent stored, Instant now)
    {
        ContactEvent? occurred = null;
        foreach (var aggregate in missing)
        {
            if (!aggregate.Events.Contains(stored.Name))
                continue;
            occurred ??= StoredEvents.Read(stored);
            if (aggregate.Matches(occurred))
                Add(contact, aggregate, occurred, now);
        }
    }

    static void Add(Contact contact, AggregateDefinition aggregate, ContactEvent occurred, Instant now) =>
        contact.Memory[aggregate.Id] = aggregate.Add(contact.Memory.TryGetValue(aggregate.Id, out var kept) ? kept : null, occurred, now);
}
