using NodaTime;

namespace Parcours.Storage.Inspection;

/// <summary>How a store stands, read beside whoever serves it; nothing is changed, and nothing is counted that costs more than its index.</summary>
/// <param name="Where">For people, without a password.</param>
/// <param name="Program">The database's own name and version.</param>
/// <param name="Schema">The newest migration that ran; 0: none, it is empty.</param>
/// <param name="Newest">The newest that this program knows.</param>
/// <param name="Bytes">Of the whole database.</param>
public sealed record StoreFacts(string Where, string Program, int Schema, int Newest, long Bytes)
{
    public long DeadLetters { get; init; }
    public Instant? LastDeadLetter { get; init; }
    /// <summary>Messages that wait to be claimed, up to <see cref="CountedMost"/>.</summary>
    public long Waiting { get; init; }
    /// <summary>When the first of them could have gone.</summary>
    public Instant? WaitingSince { get; init; }
    /// <summary>Messages that ended with nobody knowing whether they left, since the beginning.</summary>
    public long InDoubt { get; init; }
    /// <summary>The least clock of all partitions; null: nothing was worked off yet.</summary>
    public Instant? Clock { get; init; }
    /// <summary>Null: SQLite.</summary>
    public ServerFacts? Server { get; init; }

    public const int CountedMost = 100_000;
}

/// <summary>What concerns a server of PostgreSQL alone.</summary>
/// <param name="Version">E.g. 15.</param>
/// <param name="IsPooled">Two statements may land in two sessions: ownership by a session's lock means nothing there (Semantics 15.4).</param>
/// <param name="ClockAhead">How far its clock is before this machine's.</param>
/// <param name="ConnectionsMost">For users that are no superusers.</param>
/// <param name="Connections">Taken at present, by everybody.</param>
/// <param name="ConnectionsANode">What one node takes at most.</param>
/// <param name="Nodes">Those that told about themselves in the last ten seconds.</param>
/// <param name="Settings">Of those settings on which promises rest.</param>
public sealed record ServerFacts(
    int Version, bool IsPooled, Duration ClockAhead, int ConnectionsMost, int Connections, int ConnectionsANode, IReadOnlyList<NodeFacts> Nodes, IReadOnlyDictionary<string, string> Settings, bool IsStandby, string Encoding);

public sealed record NodeFacts(string Name, string Address, string Version, bool Works);
