using System.Buffers.Text;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Mail;

/// <summary>What came, by the number of the contact.</summary>
sealed class Mailbox(long contacts)
{
    readonly int[] _mails = new int[contacts];
    readonly long[] _firstAt = new long[contacts];
    long _count, _wrong, _latest;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Mails to nobody we know, or that greet somebody else.</summary>
    public long Wrong => Interlocked.Read(ref _wrong);

    /// <summary>When the latest came, by <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long LatestAt => Interlocked.Read(ref _latest);

    public int Of(long number) => Volatile.Read(ref _mails[number]);

    public long FirstAt(long number) => Volatile.Read(ref _firstAt[number]);

    /// <param name="recipient">The address.</param>
    /// <param name="message">Headers and text as they came.</param>
    /// <remarks>Hot path: each microsecond here is one less for what is measured.</remarks>
    public void Take(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> message, long now)
    {
        Interlocked.Increment(ref _count);
        Volatile.Write(ref _latest, now);
        if (recipient is not [(byte)'u', .. var digits] || !Utf8Parser.TryParse(digits, out long number, out var length) || length == digits.Length || digits[length] != '@' || (ulong)number >= (ulong)_mails.Length)
        {
            Interlocked.Increment(ref _wrong);
            return;
        }

        if (!Greets(message, digits[..length]))
            Interlocked.Increment(ref _wrong);
        if (Interlocked.Increment(ref _mails[number]) == 1)
            Volatile.Write(ref _firstAt[number], now);
    }

    /// <summary>The text of the mail begins so: "Hello First12 from".</summary>
    static bool Greets(ReadOnlySpan<byte> message, ReadOnlySpan<byte> digits)
    {
        var at = message.IndexOf("Hello First"u8);
        return at >= 0 && message[(at + 11)..].StartsWith(digits) && message[(at + 11 + digits.Length)..].StartsWith(" from "u8);
    }

    /// <summary>Counts, over the contacts who took part, who got too few and who got too many.</summary>
    public (long Lost, long Twice) Tally(IEnumerable<long> numbers)
    {
        var (lost, twice) = (0L, 0L);
        foreach (var number in numbers)
        {
            var due = People.GetsMail(number) ? 1 : 0;
            lost += Of(number) < due ? 1 : 0;
            twice += Of(number) > due ? 1 : 0;
        }

        return (lost, twice);
    }
}
