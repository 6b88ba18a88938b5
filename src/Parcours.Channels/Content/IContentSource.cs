namespace Parcours.Channels.Content;

/// <summary>Gives the version of content that is live now (Semantics 6.7).</summary>
public interface IContentSource
{
    /// <summary>The live version, compiled; null if there is no such content.</summary>
    ValueTask<LiveContent?> FindAsync(string name, CancellationToken cancellationToken);
}

/// <param name="Version">What a message records of it.</param>
public sealed record LiveContent(int Version, CompiledContent Content);
