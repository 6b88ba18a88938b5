using System.Collections.Immutable;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Contacts;

/// <summary>Which contacts are wanted.</summary>
/// <param name="Words">Null: whatever they are called.</param>
/// <param name="Judge">Null: whatever they are like.</param>
/// <param name="Shows">Whether the asker may see a property.</param>
/// <param name="Only">These, newest first, and nobody else; null: anybody.</param>
/// <param name="Archived">Only those that are archived, or only those that are not; null: both.</param>
sealed record ContactWish(ContactWords? Words, ContactJudge? Judge, Func<string, bool> Shows, IReadOnlyList<ContactId>? Only = null, bool? Archived = null)
{
    /// <summary>The oldest first, instead of the newest: contacts lie by when they came, and there is an index of nothing else.</summary>
    public bool OldestFirst { get; init; }

    public bool TakesStanding(Contact contact) => Archived is not { } archived || contact.IsArchived == archived;
}

/// <summary>A page of those found.</summary>
/// <param name="Next">Where to go on; null: all were looked at.</param>
/// <param name="Looked">How many were looked at for this page.</param>
sealed record FoundContacts(IReadOnlyList<Contact> Contacts, long? Next, long Looked);

/// <summary>Finds contacts by looking through them, newest or oldest first, in ranges of keys: a page ends when it is full or its time is over, and says where to go on.</summary>
/// <remarks>
/// No index of names is kept: it would cost every contact that comes in, for ever. A million bodies are looked through in about a second (bench/results), and who is named whole is found at once.
/// </remarks>
sealed class ContactFinder(IEngine engine, TimeProvider time)
{
    const int LookAtOnce = 20_000, SlowAtOnce = 200;

    public async Task<FoundContacts> FindAsync(ContactWish wish, long? from, int size, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (wish.Only is { } only)
            return await OnlyAsync([.. only.SkipWhile(id => id.Number >= from).Take(size)], size, cancellationToken);
        var (began, found, looked, now) = (time.GetTimestamp(), new List<Contact>(), 0L, engine.Now);
        var named = wish.Words is null ? null : await NamedAsync(wish, cancellationToken);
        if (named is not null && from is null)
            found.Add(named);
        long? at = from ?? (wish.OldestFirst ? 0 : long.MaxValue);
        while (at is { } next && found.Count < size)
        {
            if (looked > 0 && time.GetElapsedTime(began) > budget)
                break;
            var scan = await engine.Queries.ScanContactsAsync(next, !wish.OldestFirst, wish.Judge?.IsSlow == true ? SlowAtOnce : LookAtOnce, wish.Judge?.IsSlow == true ? SlowAtOnce : size - found.Count, body => IsWanted(wish, body, now), cancellationToken);
            (looked, at) = (looked + scan.Looked, scan.Next);
            foreach (var body in scan.Found)
            {
                if (found.Count == size)
                {
                    // The page is full in the midst of the range: the next begins behind its last.
                    at = found[^1].Id.Number;
                    break;
                }

                var contact = engine.Decode(body.Body.Span);
                if (contact.Id != named?.Id && (wish.Judge is not { IsSlow: true } judge || await judge.HoldsAsync(contact, now, cancellationToken)))
                    found.Add(contact);
            }
        }

        return new(found, at, looked);
    }

    async ValueTask<FoundContacts> OnlyAsync(IReadOnlyList<ContactId> ids, int size, CancellationToken cancellationToken)
    {
        var there = await engine.ContactsAsync(ids, cancellationToken);
        var found = ids.Where(there.ContainsKey).Select(id => there[id]).ToList();
        return new(found, ids.Count < size ? null : ids[^1].Number, ids.Count);
    }

    /// <summary>On the thread that reads: bytes first, and only what may be wanted is decoded.</summary>
    bool IsWanted(ContactWish wish, ReadOnlySpan<byte> body, NodaTime.Instant now)
    {
        if (wish.Words is { } words && !words.MayBeIn(body))
            return false;
        var contact = engine.Decode(body);
        return contact.MergedInto is null && wish.TakesStanding(contact)
            && (wish.Words is null || wish.Words.Find(contact, wish.Shows))
            && (wish.Judge is not { IsSlow: false } judge || judge.Holds(contact, now));
    }

    /// <summary>The contact that has just this identity: found without looking through any.</summary>
    async ValueTask<Contact?> NamedAsync(ContactWish wish, CancellationToken cancellationToken)
    {
        foreach (var kind in ImmutableArray.Create(IdentityKind.UserId, IdentityKind.Email, IdentityKind.Phone))
            if (IdentityForms.Normalise(new(kind, wish.Words!.Typed)) is { } identity
                && await engine.Queries.ContactByIdentityAsync(identity, cancellationToken) is { } id
                && await engine.ContactAsync(id, cancellationToken) is { } contact
                && wish.TakesStanding(contact)
                && wish.Words.Find(contact, wish.Shows)
                && (wish.Judge is null || await wish.Judge.HoldsAsync(contact, engine.Now, cancellationToken)))
                return contact;
        return null;
    }
}
