using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.State;

/// <summary>Writes stored forms: little-endian varints, UTF-8 texts with their length, instants as zigzag microseconds. Reused; not thread-safe.</summary>
/// <remarks>Hot path: every contact and entry that is stored passes here.</remarks>
public sealed class ByteWriter : IBufferWriter<byte>
{
    byte[] _buffer = new byte[1024];

    public int Length { get; private set; }
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;
    public byte[] ToArray() => Written.ToArray();

    public void Byte(byte value)
    {
        Ensure(1);
        _buffer[Length++] = value;
    }

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Unsigned(ulong value)
    {
        Ensure(10);
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));
    public void Count(int value) => Unsigned((ulong)value);
    public void Instant(Instant value) => Signed(value.ToMicroseconds());

    public void OptionalInstant(Instant? value)
    {
        Boolean(value is not null);
        if (value is { } instant)
            Instant(instant);
    }

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Count(bytes);
        Ensure(bytes);
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
    }

    public void OptionalText(string? value)
    {
        Boolean(value is not null);
        if (value is not null)
            Text(value);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        Raw(value);
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        Ensure(value.Length);
        value.CopyTo(_buffer.AsSpan(Length));
        Length += value.Length;
    }

    public void Guid(Guid value)
    {
        Ensure(16);
        value.TryWriteBytes(_buffer.AsSpan(Length), bigEndian: true, out _);
        Length += 16;
    }

    public void Value(Value value)
    {
        Byte((byte)value.Kind);
        switch (value.Kind)
        {
            case ValueKind.None: break;
            case ValueKind.Text: Text(value.AsText); break;
            case ValueKind.Number: Decimal(value.AsNumber); break;
            case ValueKind.Boolean: Boolean(value.AsBoolean); break;
            case ValueKind.Date: Signed(Period.DaysBetween(new LocalDate(1970, 1, 1), value.AsDate)); break;
            case ValueKind.DateTime: Instant(value.AsInstant); break;
            case ValueKind.Texts:
                Count(value.AsTexts.Count);
                foreach (var text in value.AsTexts)
                    Text(text);
                break;
            default: throw new System.Diagnostics.UnreachableException($"No stored form for a value of kind {value.Kind}.");
        }
    }

    public void Decimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        // Most numbers are small: scale and sign in one byte, then the 96 bits as two varints.
        Byte((byte)(((parts[3] >> 16) & 0x7F) | (parts[3] < 0 ? 0x80 : 0)));
        Unsigned((uint)parts[0] | ((ulong)(uint)parts[1] << 32));
        Unsigned((uint)parts[2]);
    }

    void Ensure(int more)
    {
        if (_buffer.Length - Length < more)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + more));
    }

    void IBufferWriter<byte>.Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Ensure(Math.Max(sizeHint, 64));
        return _buffer.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Ensure(Math.Max(sizeHint, 64));
        return _buffer.AsSpan(Length);
    }
}
