using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>Drops what was given out in the name of a journey or pool that is deleted: millions of codes or places, in pieces between stimuli. Until it is done nothing of that name begins anew.</summary>
sealed class ForgetJob(string kind, string id) : Job
{
    public override string Name => NameOf(kind, id);
    public override JobDocument Document => new("forget", Targeted(kind, id), 0);

    public static string NameOf(string kind, string id) => "forget-" + Targeted(kind, id);

    static string Targeted(string kind, string id) => $"{kind}/{id}";

    public static ForgetJob Of(string target, PartitionSet partitions) => target.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
        ? new(target[..slash], target[(slash + 1)..]) { Partitions = partitions }
        : throw new UnknownFormException($"'{target}' is nothing that is forgotten.");

    public override async ValueTask RunSliceAsync(Worker worker, IStoreUnit unit, Instant now, CancellationToken cancellationToken) =>
        IsDone = !await ForgetAsync(unit, Partitions, kind, id, cancellationToken);

    /// <summary>A piece of it. True when there is more.</summary>
    public static async ValueTask<bool> ForgetAsync(IStoreUnit unit, PartitionSet partitions, string kind, string id, CancellationToken cancellationToken)
    {
        foreach (var (from, to) in Ranges(kind, id))
            if (await unit.ForgetAllocatorsAsync(partitions, from, to, cancellationToken))
                return true;
        return false;
    }

    static IEnumerable<(string From, string To)> Ranges(string kind, string id)
    {
        // Points' ids are in ASCII: nothing of them lies behind this.
        const string Last = "/\uffff";
        if (kind == DocumentKinds.Pool)
            yield return ($"{AllocatorId.OfPool(id)}", $"{AllocatorId.OfPool(id)}");
        if (kind != DocumentKinds.Journey)
            yield break;
        yield return ($"{AllocatorId.OfRate(new(id))}", $"{AllocatorId.OfRate(new(id))}");
        foreach (var point in new[] { AllocatorKind.FirstN, AllocatorKind.Owners })
            yield return ($"{new AllocatorId(point, id + "/")}", $"{new AllocatorId(point, id + Last)}");
    }
}
