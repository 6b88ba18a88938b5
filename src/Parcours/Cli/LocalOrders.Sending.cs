using System.Globalization;
using Parcours.Api;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Contacts;

namespace Parcours.Cli;

/// <summary>What <c>sending</c> wants (Semantics 12.3).</summary>
sealed partial class LocalOrders
{
    async Task<LocalAnswer> ShowSendingAsync(CancellationToken cancellationToken) => new([Words(await SendingView.OfAsync(engine.Queries, cancellationToken))]);

    static string Words(SendingView sending)
    {
        var waiting = sending.Waiting.ToString(CultureInfo.InvariantCulture);
        if (!sending.Held)
            return $"Messages leave; {waiting} wait.";
        var since = sending.Since?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return sending.Why == SendingRecord.Restored
            ? $"Sending is held since {since} UTC, when a backup was restored; {waiting} messages wait."
            : $"Sending is held since {since} UTC; {waiting} messages wait.";
    }

    async Task<LocalAnswer> HoldSendingAsync(CancellationToken cancellationToken)
    {
        if (engine is not Records)
            return await AnswerAsync(await engine.Catalogue.HoldSendingAsync(cancellationToken), "hold-sending");
        return await WriteAtRestAsync(held: true, "hold-sending", cancellationToken);
    }

    async Task<LocalAnswer> ReleaseSendingAsync(bool discard, CancellationToken cancellationToken)
    {
        if (engine is not Records)
            return await AnswerAsync(await engine.Catalogue.ReleaseSendingAsync(discard, cancellationToken), "release-sending");
        return discard
            ? new([], "What waits is gone through by the engine: start parcours serve, which sends nothing yet, and say this again.")
            : await WriteAtRestAsync(held: false, "release-sending", cancellationToken);
    }

    async Task<LocalAnswer> AnswerAsync(CatalogueAnswer answer, string act) => answer is CatalogueAnswer.Refused refused
        ? new([], string.Join(' ', refused.Problems.Select(problem => problem.Text)))
        : await DoneAsync(act, "sending", new([Words(await SendingView.OfAsync(engine.Queries, CancellationToken.None))]));

    /// <summary>Nobody serves: it is read at the next start.</summary>
    async Task<LocalAnswer> WriteAtRestAsync(bool held, string act, CancellationToken cancellationToken)
    {
        if (await engine.Queries.NodesAsync(cancellationToken) is { Count: > 0 })
            return new([], "Nodes serve this database, or did within the last minute: give this command the data folder of one that runs, or use the API.");
        if (await SendingView.SendingAsync(engine.Queries, cancellationToken) is var record && (record is { Held: true }) == held)
            return new([], held ? "Sending is held already." : "Sending is not held.");
        await engine.WriteAsync(async (unit, now) =>
        {
            SendingRecord written = held ? SendingRecord.HeldSince(now, SendingRecord.Ordered) : new(false, SendingRecord.Ordered, now.ToMicroseconds());
            return await unit.WriteDocumentAsync(DocumentKinds.Sending, SendingRecord.DocumentId, written.ToJson(), null, now, CancellationToken.None);
        }, cancellationToken);
        return await DoneAsync(act, "sending", new([Words(await SendingView.OfAsync(engine.Queries, CancellationToken.None))]));
    }
}
