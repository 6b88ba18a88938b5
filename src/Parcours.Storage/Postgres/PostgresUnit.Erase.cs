using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>What goes with a contact that was erased.</summary>
partial class PostgresUnit
{
    const int ErasedAtOnce = 500;

    public ValueTask<Erasing> EraseAsync(ContactId contact, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        var (partition, number) = ((short)Partition.Of(contact).Index, contact.Number);
        var lines = await ListAsync(Commands.Query("erase_history").With(partition).With(number).With(ErasedAtOnce), static row => row.GetInt64(0), cancellationToken);
        var messages = await ListAsync(Commands.Query("erase_messages").With(partition).With(number).With(ErasedAtOnce), static row => row.GetGuid(0), cancellationToken);
        if (messages.Count > 0) await ExecuteAsync([Commands.Query("prune_sandbox_mails").With(messages.ToArray())], cancellationToken);
        var waiting = await ListAsync(Commands.Query("erasing_messages").With(partition).With(number), static row => row.GetInt64(0), cancellationToken);
        if (lines.Count == ErasedAtOnce || messages.Count == ErasedAtOnce) return Erasing.More;
        if (waiting.Count > 0) return Erasing.Waits;
        await ExecuteAsync(
            [
                Commands.Query("erase_enrolments").With(partition).With(number), Commands.Query("erase_refusals").With(partition).With(number), Commands.Query("erase_opt_outs").With(partition).With(number),
                Commands.Query("delete_tasks_of").With((long[])[number]), Commands.Query("delete_notifications_of").With((long[])[number]),
            ], cancellationToken);
        return Erasing.Done;
    });
}
