namespace Parcours.Journeys.Definitions;

/// <summary>Something that a definition names, and where.</summary>
/// <param name="Place">The id of the point or starting point that names it; null: the settings, or a segment's condition.</param>
public readonly record struct Use(UsedKind Kind, string Name, string? Place)
{
    /// <summary>Whether it is this: names are compared exactly, e-mail addresses of users without regard to case.</summary>
    public bool Is(UsedKind kind, string name) => Kind == kind && string.Equals(Name, name, kind == UsedKind.User ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
