using NodaTime;

namespace Parcours.Engine.Allocators;

/// <summary>What an allocator knows beside the rows of what it gives out.</summary>
public sealed class AllocatorState
{
    static readonly Instant Never = Instant.FromUnixTimeTicks(0);

    /// <summary>The highest number given to a row of its own.</summary>
    public long Numbers { get; set; }
    /// <summary>How many were refused: these are numbered downwards.</summary>
    public long Refusals { get; set; }
    /// <summary>How many have what they asked for.</summary>
    public long Taken { get; set; }
    /// <summary>How many stand in line.</summary>
    public long Waiting { get; set; }
    /// <summary>Of a line: the moment that belonged to whom it let in last.</summary>
    public Instant Last { get; set; } = Never;
    /// <summary>Of a line: when the first of those came who stand in it without a break.</summary>
    public Instant Since { get; set; } = Never;
    /// <summary>Somebody was told that few are left.</summary>
    public bool Told { get; set; }
    /// <summary>Of users in turn: how long each has waited for it, in shares.</summary>
    public SortedDictionary<string, long> Turns { get; } = new(StringComparer.Ordinal);
}
