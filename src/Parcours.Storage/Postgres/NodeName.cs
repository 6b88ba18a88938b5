namespace Parcours.Storage.Postgres;

/// <param name="Id">Of this process: another at each start.</param>
/// <param name="Name">For people; usually the machine's.</param>
/// <param name="Address">Where it serves.</param>
/// <param name="Version">Of the program.</param>
public sealed record NodeName(Guid Id, string Name, string Address, string Version);
