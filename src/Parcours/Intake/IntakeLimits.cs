namespace Parcours.Intake;

/// <summary>How much the intake takes (semantics 16.1). Sizes are bytes after decompression.</summary>
public sealed record IntakeLimits
{
    public static IntakeLimits Default { get; } = new();

    public int EventBytes { get; init; } = 32 * 1024;
    public int BatchBytes { get; init; } = 500 * 1024;
    public int BatchItems { get; init; } = 2_500;

    /// <summary>Objects and arrays inside one another; the item itself is the first.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Field names in one item, at all depths together.</summary>
    public int Keys { get; init; } = 500;

    public int MessageIdCharacters { get; init; } = 100;
    public int IdentityCharacters { get; init; } = 500;
    public int EventNameCharacters { get; init; } = 500;
}
