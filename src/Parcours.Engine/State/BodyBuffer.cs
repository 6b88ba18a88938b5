namespace Parcours.Engine.State;

/// <summary>Where the stored forms of one commit lie until the store has them: a few large arrays, used again for the next, instead of one small array a row.</summary>
/// <remarks>Hot path: bench/. What it gave out is good until <see cref="Clear"/>. Used by the worker's thread alone.</remarks>
public sealed class BodyBuffer
{
    const int ChunkBytes = 64 * 1024;
    /// <summary>So many are kept for the next commit: an ordinary one takes a handful.</summary>
    const int ChunksKept = 32;

    readonly List<byte[]> _chunks = [];
    int _chunk, _used;

    /// <summary>Keeps a copy.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ChunkBytes / 4)
            return bytes.ToArray();
        if (_chunk < _chunks.Count && _used + bytes.Length > ChunkBytes)
            (_chunk, _used) = (_chunk + 1, 0);
        if (_chunk == _chunks.Count)
            _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkBytes));
        var kept = _chunks[_chunk].AsMemory(_used, bytes.Length);
        bytes.CopyTo(kept.Span);
        _used += bytes.Length;
        return kept;
    }

    /// <summary>Nobody needs what it gave out any more.</summary>
    public void Clear()
    {
        if (_chunks.Count > ChunksKept)
            _chunks.RemoveRange(ChunksKept, _chunks.Count - ChunksKept);
        (_chunk, _used) = (0, 0);
    }
}
