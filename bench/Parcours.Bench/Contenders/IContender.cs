using Parcours.Bench.Reference;

namespace Parcours.Bench.Contenders;

/// <summary>A program that runs the reference journey: ours, or one that somebody would take instead.</summary>
interface IContender : IAsyncDisposable
{
    string Name { get; }
    int Port { get; }

    /// <summary>The port for one of the load's connections, from 0.</summary>
    int PortOf(int connection) => Port;
    string Path { get; }

    /// <summary>Headers for the connections, which take them in turn; empty: none is needed.</summary>
    IReadOnlyList<string> Authorizations { get; }

    /// <summary>Roots of the process trees that do its work.</summary>
    int[] Processes { get; }

    /// <summary>The body of one request: events of contacts, each with the contact's facts.</summary>
    byte[] Body(People people, string @event, IEnumerable<long> numbers);

    /// <summary>Whether an answer says that all of a request was taken.</summary>
    bool TookAll(ReadOnlySpan<byte> answer);

    /// <summary>Enrolments that have ended, their mail handed over, since it started.</summary>
    Task<long> FinishedAsync(CancellationToken cancellationToken);

    /// <summary>Completes when all that was acknowledged has been worked on.</summary>
    Task CaughtUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Milliseconds from an event to its first action, half and 99 of 100, since asked last; null: the acknowledgement bounds it.</summary>
    Task<(double Half, double Most)?> FirstActionAsync(CancellationToken cancellationToken) => Task.FromResult<(double, double)?>(null);
}
