using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>What retention takes.</summary>
partial class PostgresUnit
{
    public async ValueTask PruneEventsAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        // The partition is in the key: one that an event was recorded for is its contact's.
        List<(short Partition, long Contact, long Sequence)> last =
            [.. events.GroupBy(stored => stored.Contact).Select(contact => ((short)Partition.Of(contact.Key).Index, contact.Key.Number, contact.Max(stored => stored.Sequence)))];
        await DoAsync(() => ExecuteAsync(
            [
                Commands.Query("prune_events").Column(events, static stored => (short)stored.Partition.Index).Column(events, static stored => stored.Sequence),
                Commands.Query("prune_timelines").Column(last, static contact => contact.Partition).Column(last, static contact => contact.Contact).Column(last, static contact => contact.Sequence),
            ], cancellationToken));
    }

    public async ValueTask PruneMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken) => await DoAsync(() => ExecuteAsync(
        [
            Commands.Query("prune_messages").Column(messages, static message => (short)Partition.Of(message.Contact).Index).Column(messages, static message => message.Number),
            Commands.Query("prune_sandbox_mails").Column(messages, static message => message.Key.Value),
        ], cancellationToken));
}
