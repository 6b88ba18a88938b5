using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Work;

/// <summary>Anonymous contacts without consent or enrolment go after 30 idle days (Semantics 16.2).</summary>
sealed class PruneJob(Instant started) : Job
{
    const int Slice = 500;
    static readonly Duration IdleMax = Duration.FromDays(30);
    long _after;

    public override string Name => "prune";
    public override bool IsKept => false;
    public override JobDocument Document => new("prune", "", _after);

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        // An entry that waits names its contact already: nobody is forgotten before it was heard.
        if (worker.HasBacklog)
            return;
        var contacts = await unit.ReadContactsAsync(unit.Partitions, _after, Slice, cancellationToken);
        foreach (var stored in contacts)
        {
            _after = stored.Contact.Number;
            if (worker.IsTouched(stored.Contact))
                continue;
            if (worker.Read(stored) is { } contact && MayGo(contact, started))
                worker.ForgetContact(contact, now);
        }

        IsDone = contacts.Count < Slice;
    }

    static bool MayGo(Contact contact, Instant now) =>
        contact.MergedInto is null && contact.Consents.Count == 0 && contact.Entries.Count == 0 && contact.Enrolments.Count == 0 &&
        contact.Identities.TrueForAll(identity => identity.Kind == IdentityKind.AnonymousId) && contact.Identities.Count > 0 &&
        now - (contact.LastSeenAt ?? contact.CreatedAt) >= IdleMax;
}
