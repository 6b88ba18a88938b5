using System.Reflection;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Tests;

/// <summary>A store of which a test can hold one write, until whoever writes is told to stop, and sees how often contacts are asked for.</summary>
public class HeldStore : DispatchProxy
{
    object _inner = null!;
    Control _control = null!;

    /// <summary>What a test says and sees of it.</summary>
    public sealed class Control
    {
        /// <summary>So many commits still go through; null: all of them.</summary>
        public int? CommitsLeft { get; set; }

        /// <summary>How often contacts were read for a turn.</summary>
        public int Loads { get; set; }

        /// <summary>Somebody writes, and is held.</summary>
        public TaskCompletionSource Holds { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public static IStore Around(IStore store, Control control) => Around<IStore>(store, control);

    static T Around<T>(T inner, Control control)
        where T : class
    {
        var proxy = Create<T, HeldStore>();
        ((HeldStore)(object)proxy)._inner = inner;
        ((HeldStore)(object)proxy)._control = control;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (targetMethod.Name == nameof(IStoreUnit.WriteAsync) && _control.CommitsLeft == 0 && args is [WriteSet { Contacts.Count: > 0 }, CancellationToken stops] && _control.Holds.TrySetResult())
        {
            return new ValueTask(Task.Delay(Timeout.Infinite, stops));
        }

        if (targetMethod.Name == nameof(IStoreUnit.LoadContactsAsync))
            _control.Loads++;
        if (targetMethod.Name == nameof(IStoreUnit.CommitAsync) && _control.CommitsLeft is > 0)
            _control.CommitsLeft--;
        return targetMethod.Name == nameof(IStore.BeginAsync) && args is [PartitionSet partitions, CancellationToken token]
            ? new ValueTask<IStoreUnit>(BeginAsync((IStore)_inner, partitions, token))
            : targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    async Task<IStoreUnit> BeginAsync(IStore inner, PartitionSet partitions, CancellationToken cancellationToken) => Around(await inner.BeginAsync(partitions, cancellationToken), _control);
}
