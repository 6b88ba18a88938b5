namespace Parcours.Bench.Reference;

/// <summary>All numbers below a size once each, in an order that looks like none; nothing is kept.</summary>
sealed class Shuffle
{
    readonly int _halfBits;
    readonly ulong _mask, _salt;
    readonly long _size;

    public Shuffle(long size, long salt)
    {
        (_size, _salt) = (size, (ulong)salt);
        for (_halfBits = 1; 1L << (2 * _halfBits) < size; _halfBits++)
        {
        }
        _mask = (1UL << _halfBits) - 1;
    }

    /// <summary>The number at a place, both from 0.</summary>
    public long At(long place)
    {
        // A Feistel network permutes the next power of four; what falls outside goes through once more.
        var number = (ulong)place;
        do
        {
            var (left, right) = (number >> _halfBits, number & _mask);
            for (ulong round = 0; round < 4; round++)
                (left, right) = (right, left ^ (People.Mixed(right, _salt * 4 + round) & _mask));
            number = (left << _halfBits) | right;
        }
        while (number >= (ulong)_size);
        return (long)number;
    }
}
