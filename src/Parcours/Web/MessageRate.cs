using Parcours.Journeys.Machine;

namespace Parcours.Web;

/// <summary>How often one message may tell of itself in a minute: a reader opens a mail a few times, a flood is no reader. A fixed table, so that no flood fills the memory.</summary>
sealed class MessageRate(TimeProvider time)
{
    public const int AMinuteMax = 60;

    const int Slots = 1 << 16;

    readonly long[] _slots = new long[Slots];

    public bool Allows(MessageKey message)
    {
        var minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        ref var slot = ref _slots[(uint)message.Value.GetHashCode() % Slots];
        while (true)
        {
            // The minute and how many in it, in one number: two requests at once cannot see half of it.
            var seen = Volatile.Read(ref slot);
            var count = seen >> 16 == minute ? seen & 0xFFFF : 0;
            if (count >= AMinuteMax)
                return false;
            if (Interlocked.CompareExchange(ref slot, (minute << 16) | (count + 1), seen) == seen)
                return true;
        }
    }
}
