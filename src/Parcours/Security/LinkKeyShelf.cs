using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Security;

/// <summary>New keys for public links, and the end of old ones (Semantics 10.9).</summary>
sealed class LinkKeyShelf(IEngine engine)
{
    /// <summary>Numbers stand in each link, in two bytes, and are never used again.</summary>
    const int NumberMax = ushort.MaxValue;

    public async Task<IReadOnlyList<LinkKeyView>> ListAsync(CancellationToken cancellationToken) => await LinkKeys.ReadAsync(engine.Queries, cancellationToken) is { } kept ? Views(kept) : [];

    /// <summary>Makes a key, which signs all links from then on; those of the keys before go on working.</summary>
    public async Task<LinkKeyView> AddAsync(CancellationToken cancellationToken) => Views(await engine.WriteAsync(async (unit, now) =>
    {
        var kept = await ReadAsync(unit);
        var number = kept.Keys.Max(key => key.Number) + 1;
        if (number > NumberMax)
            throw new InvalidOperationException("All numbers of link keys are used.");
        kept = new((ushort)number, [.. kept.Keys, KeptLinkKey.New((ushort)number, now.ToDateTimeOffset())]);
        await unit.WriteDocumentAsync(LinkKeys.Kind, LinkKeys.Id, kept.ToJson(), null, now, CancellationToken.None);
        return kept;
    }, cancellationToken))[^1];

    /// <summary>Links that it signed are answered by 410 from then on, those to unsubscribe among them.</summary>
    public async Task<LinkKeyAnswer> RevokeAsync(int number, CancellationToken cancellationToken) => await engine.WriteAsync<LinkKeyAnswer>(async (unit, now) =>
    {
        var kept = await ReadAsync(unit);
        if (kept.Keys.FirstOrDefault(key => key.Number == number) is not { } key)
            return new LinkKeyAnswer.NotFound();
        if (key.Revoked)
            return new LinkKeyAnswer.Done(View(kept, key));
        if (kept.Keys.LastOrDefault(other => other.Number != number && !other.Revoked) is not { } next)
            return new LinkKeyAnswer.Last();
        var revoked = key with { Revoked = true, RevokedAt = now.ToDateTimeOffset() };
        kept = new(kept.Current == number ? next.Number : kept.Current, [.. kept.Keys.Select(other => other == key ? revoked : other)]);
        await unit.WriteDocumentAsync(LinkKeys.Kind, LinkKeys.Id, kept.ToJson(), null, now, CancellationToken.None);
        return new LinkKeyAnswer.Done(View(kept, revoked));
    }, cancellationToken);

    static async ValueTask<KeptLinkKeys> ReadAsync(IStoreUnit unit) =>
        await unit.ReadDocumentAsync(LinkKeys.Kind, LinkKeys.Id, CancellationToken.None) is { } document ? LinkKeys.Read(document) : throw new StoreException("There are no link keys yet: start parcours serve once.");

    static IReadOnlyList<LinkKeyView> Views(KeptLinkKeys kept) => [.. kept.Keys.Select(key => View(kept, key))];

    static LinkKeyView View(KeptLinkKeys kept, KeptLinkKey key) => new(key.Number, key.Number == kept.Current, key.MadeAt, key.RevokedAt, key.Revoked);
}

/// <param name="Signs">New links are signed by it.</param>
/// <param name="MadeAt">Null: at the first start.</param>
/// <param name="Revoked">Links that it signed are answered by 410.</param>
sealed record LinkKeyView(int Number, bool Signs, DateTimeOffset? MadeAt, DateTimeOffset? RevokedAt, bool Revoked);

abstract record LinkKeyAnswer
{
    LinkKeyAnswer() { }

    public sealed record Done(LinkKeyView Key) : LinkKeyAnswer;
    public sealed record NotFound : LinkKeyAnswer;
    /// <summary>It is the only one that is left: nothing could be signed.</summary>
    public sealed record Last : LinkKeyAnswer;
}
