using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

/// <summary>Comes when so long has passed since the last of some events (Semantics 6.18): a condition on the contact's memory says when, so that what happened before the journey counts too.</summary>
public sealed class StartInactivity : StartMoment
{
    readonly ImmutableArray<string> _events;
    readonly CompiledCondition _quiet;

    /// <param name="quiet">Holds when the last of the events is that long ago.</param>
    /// <param name="canonical">Tells what is said from what another version says.</param>
    public StartInactivity(ImmutableArray<string> events, CompiledCondition quiet, string canonical)
    {
        (_events, _quiet) = (events, quiet);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashes.Sha256("inactive\0" + canonical, hash);
        Rule = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    public override IEnumerable<string> Events => _events;

    public override DateMark Next(Contact contact, DateTimeZone journey, DateMark held, Instant from, Instant earliest)
    {
        var truth = _quiet.Evaluate(new(contact, from, Zone: journey));
        // Who is quiet already is not caught up; and who was, is asked again once something has happened.
        if (truth.Holds || truth.FlipsAt is not { } flips)
            return new(Rule, null, null, held.Last);
        var due = Instant.Max(flips, earliest);
        return new(Rule, due, due.InUtc().Date, held.Last);
    }

    public override bool HasCome(Contact contact, DateTimeZone journey, Instant now) => _quiet.Holds(new(contact, now, Zone: journey));
}
