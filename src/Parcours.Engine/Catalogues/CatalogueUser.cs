namespace Parcours.Engine.Catalogues;

/// <summary>Something live that uses something else: as long as it does, that is not deleted.</summary>
/// <param name="Kind"><c>journey</c>, <c>segment</c>, <c>cap</c>, <c>action</c> or <c>approval</c>.</param>
/// <param name="Id">A journey's id; of all others the name.</param>
/// <param name="Name">What people call it.</param>
public sealed record CatalogueUser(string Kind, string Id, string Name);
