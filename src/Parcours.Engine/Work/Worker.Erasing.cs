using System.Runtime.InteropServices;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

sealed partial class Worker
{
    /// <summary>Contacts were erased of which rows are left: they go in slices (Semantics 12.1).</summary>
    public event Action? Erased;

    /// <summary>Whether any address may be suppressed because its contact was erased.</summary>
    public bool HasErasures { get; private set; }

    public async ValueTask LookForErasuresAsync(CancellationToken cancellationToken) =>
        HasErasures |= (await _store.Queries.DocumentsAsync(DocumentKinds.Erasure, null, null, 1, cancellationToken)).Count > 0;

    /// <summary>Who asks for something is written to again (Semantics 12.2). Most installations have erased nobody, and for them this asks for a flag.</summary>
    void LiftErasure(Contact contact, ContactChange.ConsentChanged change, Instant now)
    {
        if (HasErasures && change is { After: ConsentState.Given, Channel: "email" } && contact.IdentityOf(IdentityKind.Email) is { } address)
            _turn.Writes.Blocks.Add(new(null, change.Channel, "*", EntryMaker.HashOf(address), BlockRow.Erased, now, Lifted: true));
    }

    /// <summary>A merge was on its way to who is erased: what it brings is made theirs for as long as it takes to erase it too.</summary>
    Contact ComeBack(Contact tombstone)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_turn.Writes.Counters, new(CounterKind.Total, new(""), 0, "contacts", ""), out _)++;
        return new(tombstone.Id, tombstone.CreatedAt);
    }

    /// <summary>What was absorbed goes too, and so do its addresses, but for those that are somebody else's by now.</summary>
    async ValueTask EraseAbsorbedAsync(Contact contact, bool isNew, ReadOnlyMemory<byte> loser, JournalEntry entry, Instant now, CancellationToken cancellationToken)
    {
        foreach (var identity in Parcours.Engine.State.ContactCodec.Decode(loser.Span, State.Kept).Identities)
            if (await _store.Queries.ContactByIdentityAsync(identity, cancellationToken) is null)
                Suppress(identity, now);
        await EraseAsync(contact, isNew, entry, now, cancellationToken);
    }

    void Suppress(Identity identity, Instant now)
    {
        if (identity.Kind == IdentityKind.Email)
            _turn.Writes.Blocks.Add(new(null, "email", "*", EntryMaker.HashOf(identity.Value), BlockRow.Erased, now, Lifted: false));
    }

    /// <summary>The contact leaves everything, what counts it counts it no longer, its addresses are not written to until their owner asks for it, and a tombstone of its id alone stays, which swallows what is still on its way.</summary>
    async ValueTask EraseAsync(Contact contact, bool isNew, JournalEntry entry, Instant now, CancellationToken cancellationToken)
    {
        var leaving = contact.Clone();
        if (!Run(leaving, new(new Stimulus.EraseRequested(), entry.Origin, now, now, entry.Sequence), entry))
            return;
        _turn.Touched[leaving.Id] = (leaving, isNew);
        Gather(leaving, contact.FlipAt, entry.Sequence, now, isEvent: false);
        var tombstone = leaving.Clone();
        Merging.Release(tombstone, ContactId.Nobody, _result);
        _turn.Touched[tombstone.Id] = (tombstone, isNew);
        Gather(tombstone, leaving.FlipAt, entry.Sequence, now, isEvent: false);
        foreach (var identity in contact.Identities)
            Suppress(identity, now);
        await ErasureRecord.BeginAsync(Unit, [contact.Id, .. contact.Absorbed], now, cancellationToken);
        HasErasures = true;
        AfterCommit(() => Erased?.Invoke());
    }
}
