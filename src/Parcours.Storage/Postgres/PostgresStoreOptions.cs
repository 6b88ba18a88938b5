namespace Parcours.Storage.Postgres;

/// <summary>What a database is opened with.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>Fixed when the installation is made: a random number, so that contact ids of two installations differ.</summary>
    public long Salt { get; init; }

    /// <summary>The clock by which messages are numbered and tables are cut; no correctness rests on it.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>How this process shows itself to those who look who serves; null: it does not.</summary>
    public NodeName? Node { get; init; }

    /// <summary>Released when the store is closed.</summary>
    public IDisposable? Holds { get; init; }

    /// <summary>Connections beside the one that commits: readers, and units of no partition.</summary>
    public int Connections { get; init; } = 12;
}
