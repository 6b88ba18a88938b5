using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;

namespace Parcours.Engine.Catalogues;

/// <summary>Conditions that somebody asks without saving them.</summary>
sealed partial class CatalogueService
{
    public ValueTask<IReadOnlyList<Problem>> CheckSegmentAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SegmentCheck.Check(json, Volatile.Read(ref _references)).Problems);

    public Task<IReadOnlyList<AggregateDefinition>> MissingMemoryAsync(CompiledCondition condition, CancellationToken cancellationToken) =>
        condition.Aggregates.IsEmpty
            ? Task.FromResult<IReadOnlyList<AggregateDefinition>>([])
            : _commands.RunAsync((_, _) =>
            {
                var complete = _state.Complete();
                return ValueTask.FromResult<IReadOnlyList<AggregateDefinition>>([.. condition.Aggregates.Where(aggregate => !complete.Contains(aggregate.Id))]);
            }, null, cancellationToken);
}
