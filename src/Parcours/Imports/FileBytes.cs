using System.IO.Compression;
using System.Security.Cryptography;

namespace Parcours.Imports;

/// <summary>The bytes of a file, unpacked where it is gzip, with the hash of what was read: the file's name among all files (Semantics 5.3).</summary>
sealed class FileBytes : Stream
{
    readonly Stream _file, _unpacked;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="file">Can be read from its beginning again; disposed of with this.</param>
    public FileBytes(Stream file)
    {
        _file = file;
        _file.Position = 0;
        Span<byte> magic = stackalloc byte[2];
        var isGzip = _file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        _file.Position = 0;
        _unpacked = isGzip ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    /// <summary>How much of the file, as it lies there, was read; 0 to 1.</summary>
    public double Share => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <summary>Of everything read so far, 64 hexadecimal digits. Equal for a file and its compressed twin.</summary>
    public string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(Span<byte> buffer)
    {
        var got = _unpacked.Read(buffer);
        _hash.AppendData(buffer[..got]);
        return got;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
