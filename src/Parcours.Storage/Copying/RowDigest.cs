using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parcours.Storage.Copying;

/// <summary>What a table holds, in 128 bits a row and their sum: equal only where every row is there, as often, and none differs, in whatever order each store reads them.</summary>
struct RowDigest
{
    readonly ArrayBufferWriter<byte> _row = new();
    UInt128 _sum;

    public RowDigest()
    {
    }

    public long Rows { get; private set; }

    public readonly UInt128 Sum => _sum;

    public void Add(object?[] row)
    {
        _row.ResetWrittenCount();
        foreach (var value in row) Write(value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, hash);
        _sum = unchecked(_sum + BinaryPrimitives.ReadUInt128LittleEndian(hash));
        Rows++;
    }

    // With its length before it: no two rows read alike.
    readonly void Write(object? value)
    {
        switch (value)
        {
            case null:
                Number(-1);
                break;
            case short number:
                Number(number);
                break;
            case int number:
                Number(number);
                break;
            case long number:
                Number(number);
                break;
            case Guid id:
                id.TryWriteBytes(_row.GetSpan(16), bigEndian: true, out _);
                _row.Advance(16);
                break;
            case string text:
                Number(Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, _row);
                break;
            case byte[] bytes:
                Number(bytes.Length);
                _row.Write(bytes);
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} lies in no column.");
        }
    }

    readonly void Number(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_row.GetSpan(8), number);
        _row.Advance(8);
    }
}
