using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Sqlite;

/// <summary>What goes with a contact that was erased.</summary>
partial class SqliteUnit
{
    const int ErasedAtOnce = 500;

    public ValueTask<Erasing> EraseAsync(ContactId contact, CancellationToken cancellationToken) => new(Do(() =>
    {
        var (more, waits) = EraseMessages(contact.Number);
        if (EraseHistory(contact.Number) || more) return Erasing.More;
        if (waits) return Erasing.Waits;
        foreach (var query in (string[])["erase_enrolments", "erase_refusals", "erase_opt_outs", "delete_tasks_of", "delete_notifications_of"]) Query(query).Bind(1, contact.Number).Run();
        return Erasing.Done;
    }));

    /// <summary>Its timeline names the entries of the journal that are its own.</summary>
    bool EraseHistory(long contact)
    {
        List<long> sequences = [];
        var rows = Query("erasing_history").Bind(1, contact).Bind(2, (long)ErasedAtOnce);
        while (rows.Step()) sequences.Add(rows.Long(0));
        rows.Reset();
        if (sequences.Count == 0) return false;
        foreach (var sequence in sequences) Query("delete_entry").Bind(1, sequence).Run();
        Query("prune_timeline").Bind(1, contact).Bind(2, sequences[^1]).Run();
        return sequences.Count == ErasedAtOnce;
    }

    (bool More, bool Waits) EraseMessages(long contact)
    {
        List<(long Number, Guid Key, bool Settled)> messages = [];
        var rows = Query("erasing_messages").Bind(1, contact).Bind(2, (long)ErasedAtOnce);
        while (rows.Step()) messages.Add((rows.Long(0), rows.Guid(1), rows.Long(2) != 0));
        rows.Reset();
        foreach (var message in messages)
        {
            if (!message.Settled) continue;
            Query("prune_message").Bind(1, message.Number).Run();
            if (_writer.SandboxKeys.Find(new(message.Key)) is { } mail) Query("prune_sandbox_mail").Bind(1, mail).Run();
        }

        var waiting = messages.Count(static message => !message.Settled);
        return (messages.Count == ErasedAtOnce && waiting < ErasedAtOnce, waiting > 0);
    }
}
