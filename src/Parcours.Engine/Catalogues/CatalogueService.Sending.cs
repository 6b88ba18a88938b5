using NodaTime;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Catalogues;

/// <summary>Whether messages are handed over at all (Semantics 12.3).</summary>
sealed partial class CatalogueService
{
    public Task<CatalogueAnswer> HoldSendingAsync(CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            // A node of a version that knows nothing of it would go on sending.
            if (await WhileUpgradingAsync(cancellation) is { } upgrading)
                return upgrading;
            return _state.Sending is { Held: true } ? Refuse("sending.held", "Sending is held already.") : await SendingAsync(SendingRecord.HeldSince(now, SendingRecord.Ordered), discards: false, now, cancellation);
        }, cancellationToken);

    public Task<CatalogueAnswer> ReleaseSendingAsync(bool discard, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (_state.Sending is not { Held: true })
                return Refuse("sending.not-held", "Sending is not held.");
            if (discard && await WhileUpgradingAsync(cancellation) is { } upgrading)
                return upgrading;
            return await SendingAsync(new(false, SendingRecord.Ordered, now.ToMicroseconds()), discard, now, cancellation);
        }, cancellationToken);

    ValueTask<CatalogueAnswer> SendingAsync(SendingRecord record, bool discards, Instant now, CancellationToken cancellationToken) =>
        ChangeAsync(record.Held ? "hold-sending" : "release-sending", DocumentKinds.Sending, SendingRecord.DocumentId, record.ToJson(), null, now,
            discards ? unit => StartAsync(unit, new DiscardJob(now), now, cancellationToken) : null, null, [], cancellationToken);
}
