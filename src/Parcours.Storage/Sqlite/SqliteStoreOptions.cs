namespace Parcours.Storage.Sqlite;

/// <summary>What a data folder is opened with.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Fixed when the database is made: a random number, so that contact ids of two installations differ.</summary>
    public long Salt { get; init; }

    /// <summary>New hashed entries (identities, message ids, message keys) that are gathered in memory before they are merged into their table.</summary>
    public int RunSize { get; init; } = 50_000;

    /// <summary>So long after opening nothing is read for the filters: the program is to be ready first.</summary>
    public TimeSpan FilterRest { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections that only read.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>Pages of 4 KiB in the log after which it is copied into the database: 80 MB, so that a page that many commits touch is copied once.</summary>
    public int LogPages { get; init; } = 20_000;

    /// <summary>The most pages (of 4 KiB) that the database may have; 0: as the disk allows.</summary>
    public long PagesMost { get; init; }
}
