using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Catalogues;

/// <summary>Pools of coupon codes.</summary>
sealed partial class CatalogueService
{
    /// <summary>All of them are in every snapshot.</summary>
    const int PoolsMax = 1_000;

    void CheckPool(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        var pool = PoolCheck.Read(id, json, problems);
        var known = _state.Pools.TryGetValue(id, out var held);
        if (pool is not null && known && pool.Pattern != held!.Pattern)
            problems.Add(CatalogueCheck.Error("catalogue.pool-fixed", "/pattern", "How the codes of a pool come about stays as it is; make another pool."));
        if (!known && _state.Pools.Count >= PoolsMax)
            problems.Add(CatalogueCheck.Error("catalogue.pools", "", $"There may be {PoolsMax:N0} pools at most."));
    }

    /// <summary>The secret of the first time stays, and what was counted.</summary>
    ReadOnlyMemory<byte> Kept(string id, ReadOnlyMemory<byte> json)
    {
        var record = PoolCheck.Record(id, json, [])!; // It was checked.
        if (_state.Pools.TryGetValue(id, out var held))
            record = record with { Secret = held.Secret, Stock = held.Stock };
        else
            record = record with { Stock = 0 };
        return JsonSerializer.SerializeToUtf8Bytes(record with { Name = id }, CatalogueJson.Default.PoolRecord);
    }

    public Task<CatalogueAnswer> RestockAsync(string pool, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (await _store.Queries.DocumentAsync(DocumentKinds.Pool, pool, cancellation) is not { } document)
                return new CatalogueAnswer.NotFound();
            var counts = await _store.Queries.AllocationCountsAsync(AllocatorId.OfPool(pool), cancellation);
            var record = PoolCheck.Record(pool, document.Json, [])! with { Stock = counts.Free + counts.Given };
            return await ChangeAsync("coupons", DocumentKinds.Pool, pool, JsonSerializer.SerializeToUtf8Bytes(record, CatalogueJson.Default.PoolRecord), null, now, null, null, [], cancellation);
        }, cancellationToken);

    /// <summary>What was given out is forgotten with what gave it: a pool or a journey of the same name begins anew. Where it is much, in pieces.</summary>
    async ValueTask ForgetAllocatorsAsync(IStoreUnit unit, string kind, string id, Instant now, CancellationToken cancellationToken)
    {
        if (kind is DocumentKinds.Pool or DocumentKinds.Journey && await ForgetJob.ForgetAsync(unit, PartitionSet.All, kind, id, cancellationToken))
            await StartAsync(unit, new ForgetJob(kind, id), now, cancellationToken);
    }

    /// <summary>Whether one of that name was deleted, and what it gave out is not forgotten yet.</summary>
    ValueTask<bool> IsForgettingAsync(string kind, string id, CancellationToken cancellationToken) => HasJobAsync(ForgetJob.NameOf(kind, id), cancellationToken);

    static CatalogueAnswer.Refused Forgetting(string kind, string id) =>
        Refuse("catalogue.forgetting", $"The {kind} '{id}' was deleted just now, and what it gave out is still being forgotten; try again in a moment, or choose another name.");
}
