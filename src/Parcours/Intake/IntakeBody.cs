using System.Buffers;
using System.IO.Compression;

namespace Parcours.Intake;

/// <summary>The decompressed body of a request, in a rented buffer. Whoever has read it disposes of it.</summary>
public sealed class IntakeBody : IDisposable
{
    byte[] _buffer;
    readonly int _length;

    IntakeBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads a body to its end, or to its limit: a small body that expands without end costs no more than the limit.</summary>
    /// <param name="stream">As it came over the wire.</param>
    /// <param name="contentEncoding">The header: gzip, deflate, br, identity, or several of them in the order applied.</param>
    /// <param name="limits">The batch's bytes bound both what came and what it expands to.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The body, or why there is none.</returns>
    public static async Task<(IntakeBody? Body, IntakeRefusal? Refusal)> ReadAsync(
        Stream stream, string? contentEncoding, IntakeLimits limits, CancellationToken cancellationToken)
    {
        var body = await FillAsync(stream, limits.BatchBytes, cancellationToken);
        foreach (var coding in Codings(contentEncoding))
        {
            if (body is null)
                break;
            using var packed = body;
            using var source = new MemoryStream(packed._buffer, 0, packed._length, writable: false);
            using var unpacking = Unpack(coding, source, packed.Bytes);
            if (unpacking is null)
                return (null, new IntakeRefusal(415, "unknown_encoding", $"Content-Encoding {coding} is not known here; use gzip, deflate, br or none."));
            try
            {
                body = await FillAsync(unpacking, limits.BatchBytes, cancellationToken);
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or InvalidOperationException)
            {
                return (null, new IntakeRefusal(400, "malformed_encoding", $"The body is not what Content-Encoding says: it cannot be read as {coding}."));
            }
        }

        return body is null ? (null, IntakeParser.TooLarge(limits).Refusal) : (body, null);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // The coding applied last comes off first.
    static IEnumerable<string> Codings(string? contentEncoding) =>
        (contentEncoding ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(coding => coding != "identity").Reverse();

    static Stream? Unpack(string coding, Stream source, ReadOnlySpan<byte> packed) => coding switch
    {
        "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
        // The standard's deflate has a header of two bytes; some senders leave it out.
        "deflate" when packed.Length > 1 && (packed[0] & 0x0F) == 8 && ((packed[0] << 8) | packed[1]) % 31 == 0 => new ZLibStream(source, CompressionMode.Decompress),
        "deflate" => new DeflateStream(source, CompressionMode.Decompress),
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        _ => null,
    };

    // Null: over the limit.
    static async Task<IntakeBody?> FillAsync(Stream stream, int bytesMax, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(bytesMax + 1, 16 * 1024));
        var length = 0;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > bytesMax)
                    return null;
                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 4);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            var body = new IntakeBody(buffer, length);
            buffer = [];
            return body;
        }
        finally
        {
            if (buffer.Length > 0)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
