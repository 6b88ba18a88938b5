using NodaTime;
using NodaTime.Extensions;
using Parcours.Configuration;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Cli;

/// <summary>A data folder opened for its keys and users alone: nothing travels, no timer fires, nothing is sent.</summary>
sealed class Records(IStore store) : IEngine
{
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async Task<Records> OpenAsync(Settings settings, CancellationToken cancellationToken) => new(await DataStore.OpenAsync(settings, salt: null, node: null, cancellationToken));

    public Instant Now => TimeProvider.System.GetUtcNow().ToInstant().Truncate();
    public bool IsReady => true;
    public string? NotReadyBecause => null;
    public bool IsVirtual => false;
    public IStoreQueries Queries => store.Queries;

    public async Task<T> WriteAsync<T>(Func<IStoreUnit, Instant, ValueTask<T>> write, CancellationToken cancellationToken)
    {
        await using var unit = await store.BeginAsync(PartitionSet.None, cancellationToken);
        var written = await write(unit, Now);
        await unit.CommitAsync(cancellationToken);
        return written;
    }

    public ICatalogueService Catalogue => throw Closed();
    public Catalogue Current => throw Closed();
    public PropertyRegistry Properties => throw Closed();
    public EngineFigures Figures => throw Closed();
    public Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken) => throw Closed();
    public Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, WriteBeside beside, CancellationToken cancellationToken) => throw Closed();
    public ValueTask<Contact?> ContactAsync(ContactId contact, CancellationToken cancellationToken) => throw Closed();
    public Contact Decode(ReadOnlySpan<byte> body) => throw Closed();
    public Task AdvanceToAsync(Instant to, CancellationToken cancellationToken) => throw Closed();
    public Task SettleAsync(CancellationToken cancellationToken) => throw Closed();

    static NotSupportedException Closed() => new("The folder is open for its keys and users alone.");

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
