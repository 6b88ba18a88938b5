using System.Text;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.State;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Throws <see cref="FormatException"/> on what is damaged, <see cref="UnknownFormException"/> on what is newer; never reads past the end.</summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty)
            throw TooShort();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public bool Boolean() => Byte() != 0;

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new FormatException("A stored number is longer than 64 bits.");
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Count()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw new FormatException("A stored count is too large.");
    }

    public Instant Instant() => Microseconds.ToInstant(Signed());
    public Instant? OptionalInstant() => Boolean() ? Instant() : null;
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A text that many stored forms have in common.</summary>
    public string Name() => NamePool.Mine.Get(Bytes());
    public string? OptionalName() => Boolean() ? Name() : null;
    public string? OptionalText() => Boolean() ? Text() : null;
    public ReadOnlySpan<byte> Bytes() => Raw(Count());

    public ReadOnlySpan<byte> Raw(int length)
    {
        if (_rest.Length < length)
            throw TooShort();
        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    public Guid Guid() => new(Raw(16), bigEndian: true);

    public Value Value()
    {
        var kind = (ValueKind)Byte();
        switch (kind)
        {
            case ValueKind.None: return default;
            case ValueKind.Text: return Journeys.Contacts.Value.Of(Text());
            case ValueKind.Number: return Journeys.Contacts.Value.Of(Decimal());
            case ValueKind.Boolean: return Journeys.Contacts.Value.Of(Boolean());
            case ValueKind.Date: return Journeys.Contacts.Value.Of(new LocalDate(1970, 1, 1).PlusDays((int)Signed()));
            case ValueKind.DateTime: return Journeys.Contacts.Value.Of(Instant());
            case ValueKind.Texts:
                var texts = new string[Count()];
                for (var index = 0; index < texts.Length; index++)
                    texts[index] = Text();
                return Journeys.Contacts.Value.Of(texts);
            default: throw new UnknownFormException($"A stored value has the unknown kind {(byte)kind}.");
        }
    }

    public decimal Decimal()
    {
        var scale = Byte();
        var low = Unsigned();
        var high = Unsigned();
        return new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)(uint)high, (scale & 0x80) != 0, (byte)(scale & 0x7F));
    }

    /// <summary>Checks the version byte that every stored form begins with (Semantics 13.3).</summary>
    public byte Version(byte newest)
    {
        var version = Byte();
        if (version == 0)
            throw new FormatException("A stored form has no version.");
        return version <= newest ? version : throw new UnknownFormException($"A stored form has version {version}; this program knows versions 1 to {newest}.");
    }

    static FormatException TooShort() => new("A stored form ends too early.");
}
