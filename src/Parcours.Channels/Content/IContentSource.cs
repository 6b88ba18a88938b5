namespace Parcours.Channels.Content;

/// <summary>Gives the version of content that is live now, or one that a journey has pinned (Semantics 6.7).</summary>
public interface IContentSource
{
    /// <summary>The live version, compiled; null if there is no such content.</summary>
    ValueTask<LiveContent?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>This version of it, compiled; null if it is not kept.</summary>
    ValueTask<LiveContent?> FindAsync(string name, int version, CancellationToken cancellationToken);
}

/// <param name="Version">What a message records of it.</param>
public sealed record LiveContent(int Version, CompiledContent Content);
