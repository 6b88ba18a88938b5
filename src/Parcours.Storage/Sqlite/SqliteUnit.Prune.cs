using Parcours.Engine.Ports;

namespace Parcours.Storage.Sqlite;

/// <summary>What retention takes.</summary>
partial class SqliteUnit
{
    public ValueTask PruneEventsAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        Do(() => Prune(events));
        return ValueTask.CompletedTask;
    }

    void Prune(IReadOnlyList<StoredEvent> events)
    {
        // In order of their keys, as they were written.
        foreach (var stored in events) Query("prune_event").Bind(1, stored.Sequence).Run();
        foreach (var last in events.GroupBy(stored => stored.Contact.Number).OrderBy(contact => contact.Key))
            Query("prune_timeline").Bind(1, last.Key).Bind(2, last.Max(stored => stored.Sequence)).Run();
    }

    public ValueTask PruneMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken)
    {
        Do(() => Prune(messages));
        return ValueTask.CompletedTask;
    }

    void Prune(IReadOnlyList<MessageRow> messages)
    {
        foreach (var message in messages)
        {
            Query("prune_message").Bind(1, message.Number).Run();
            if (_writer.SandboxKeys.Find(message.Key) is { } mail) Query("prune_sandbox_mail").Bind(1, mail).Run();
        }
    }
}
