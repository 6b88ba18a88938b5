namespace Parcours.Nodes;

/// <summary>By what nodes of one database know each other.</summary>
/// <param name="Id">Of this process: another at each start.</param>
/// <param name="Token">Made of a secret in the database: whoever knows it can read that anyway.</param>
sealed record NodeKey(Guid Id, string Token);
