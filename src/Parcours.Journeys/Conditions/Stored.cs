using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>The small binary forms of memory: numbers of seven bits a byte, low bits first. What is written here is stored: never change it.</summary>
static class Stored
{
    /// <summary>The form written now (Semantics 13.3).</summary>
    internal const byte Version = 1;

    internal static void WriteByte(IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    internal static byte ReadByte(ref ReadOnlySpan<byte> stored)
    {
        var value = stored[0];
        stored = stored[1..];
        return value;
    }

    internal static void ReadVersion(ref ReadOnlySpan<byte> stored)
    {
        var version = stored.IsEmpty ? (byte)0 : ReadByte(ref stored);
        if (version > Version)
            throw new UnknownFormException($"Condition memory has version {version}; this program knows version {Version}.");
        if (version != Version)
            throw new InvalidDataException($"Condition memory of version {version} cannot be read; this program knows version {Version}.");
    }

    internal static void WriteNumber(IBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    internal static ulong ReadNumber(ref ReadOnlySpan<byte> stored)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = ReadByte(ref stored);
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    internal static void WriteSigned(IBufferWriter<byte> output, long value) => WriteNumber(output, (ulong)((value << 1) ^ (value >> 63)));

    internal static long ReadSigned(ref ReadOnlySpan<byte> stored)
    {
        var value = ReadNumber(ref stored);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    internal static void WriteText(IBufferWriter<byte> output, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteNumber(output, (ulong)length);
        Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }

    internal static string ReadText(ref ReadOnlySpan<byte> stored)
    {
        var length = checked((int)ReadNumber(ref stored));
        var text = Encoding.UTF8.GetString(stored[..length]);
        stored = stored[length..];
        return text;
    }

    internal static void WriteDecimal(IBufferWriter<byte> output, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        WriteByte(output, (byte)(((bits[3] >> 16) & 0x7F) | (bits[3] < 0 ? 0x80 : 0)));
        WriteNumber(output, (uint)bits[0]);
        WriteNumber(output, (uint)bits[1]);
        WriteNumber(output, (uint)bits[2]);
    }

    internal static decimal ReadDecimal(ref ReadOnlySpan<byte> stored)
    {
        var head = ReadByte(ref stored);
        var (low, middle, high) = ((int)ReadNumber(ref stored), (int)ReadNumber(ref stored), (int)ReadNumber(ref stored));
        return new decimal(low, middle, high, head >= 0x80, (byte)(head & 0x7F));
    }

    internal static void WriteValue(IBufferWriter<byte> output, Value value)
    {
        WriteByte(output, (byte)value.Kind);
        switch (value.Kind)
        {
            case ValueKind.None:
                break;
            case ValueKind.Text:
                WriteText(output, value.AsText);
                break;
            case ValueKind.Number:
                WriteDecimal(output, value.AsNumber);
                break;
            case ValueKind.Boolean:
                WriteByte(output, value.AsBoolean ? (byte)1 : (byte)0);
                break;
            case ValueKind.Date:
                WriteSigned(output, Period.DaysBetween(new LocalDate(1970, 1, 1), value.AsDate));
                break;
            case ValueKind.DateTime:
                WriteSigned(output, value.AsInstant.ToMicroseconds());
                break;
            case ValueKind.Texts:
                WriteNumber(output, (ulong)value.AsTexts.Count);
                foreach (var text in value.AsTexts)
                    WriteText(output, text);
                break;
            default:
                throw new UnreachableException($"{value.Kind} is no kind of value.");
        }
    }

    internal static Value ReadValue(ref ReadOnlySpan<byte> stored)
    {
        var kind = (ValueKind)ReadByte(ref stored);
        switch (kind)
        {
            case ValueKind.None:
                return Value.None;
            case ValueKind.Text:
                return Value.Of(ReadText(ref stored));
            case ValueKind.Number:
                return Value.Of(ReadDecimal(ref stored));
            case ValueKind.Boolean:
                return Value.Of(ReadByte(ref stored) != 0);
            case ValueKind.Date:
                return Value.Of(new LocalDate(1970, 1, 1).PlusDays((int)ReadSigned(ref stored)));
            case ValueKind.DateTime:
                return Value.Of(Microseconds.ToInstant(ReadSigned(ref stored)));
            case ValueKind.Texts:
                var texts = new string[checked((int)ReadNumber(ref stored))];
                for (var index = 0; index < texts.Length; index++)
                    texts[index] = ReadText(ref stored);
                return Value.Of(texts);
            default:
                throw new InvalidDataException($"{kind} is no kind of value that this program knows.");
        }
    }
}
