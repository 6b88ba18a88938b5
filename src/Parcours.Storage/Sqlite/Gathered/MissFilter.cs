namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>A Bloom filter in blocks of one cache line: says of most keys that were never added that they were not, and never of one that was.</summary>
/// <remarks>Hot path: bench/. Added to by several threads at once, asked by any.</remarks>
sealed class MissFilter
{
    const int BlockWords = 8, BitsAKey = 10, BitsSet = 6;
    readonly ulong[] _words;
    readonly uint _blocks;

    /// <param name="capacity">Keys with which one in a hundred unknown ones is taken for a known one; with more it is more of them.</param>
    public MissFilter(int capacity)
    {
        Capacity = capacity;
        _blocks = (uint)Math.Max(1, (long)capacity * BitsAKey / (64 * BlockWords));
        _words = new ulong[_blocks * BlockWords];
    }

    public int Capacity { get; }

    public void Add(ulong hash)
    {
        hash = Stir(hash);
        var block = BlockOf(hash);
        for (var bits = BitsOf(hash); bits.Left > 0; bits = bits.Next)
        {
            ref var word = ref _words[block + bits.Word];
            if ((Volatile.Read(ref word) & bits.Bit) == 0) Interlocked.Or(ref word, bits.Bit);
        }
    }

    /// <summary>False: it was surely never added.</summary>
    public bool MayHave(ulong hash)
    {
        hash = Stir(hash);
        var block = BlockOf(hash);
        for (var bits = BitsOf(hash); bits.Left > 0; bits = bits.Next)
            if ((Volatile.Read(ref _words[block + bits.Word]) & bits.Bit) == 0)
                return false;
        return true;
    }

    int BlockOf(ulong hash) => (int)(((hash >> 32) * _blocks) >> 32) * BlockWords;

    // The block comes of the upper half; the places in it of all bits, stirred once more, nine for each place.
    static Places BitsOf(ulong hash) => new(Stir(hash), BitsSet);

    static ulong Stir(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        return (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EBUL;
    }

    readonly record struct Places(ulong Rest, int Left)
    {
        public int Word => (int)(Rest & 7);

        public ulong Bit => 1UL << (int)((Rest >> 3) & 63);

        public Places Next => new(Rest >> 9, Left - 1);
    }
}
