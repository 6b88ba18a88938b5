namespace Parcours.Storage.Postgres;

/// <summary>How a unit ended.</summary>
enum UnitEnd
{
    Committed,
    RolledBack,
    /// <summary>The connection failed, or nobody knows whether the commit happened (Semantics 15.3).</summary>
    Lost,
}
