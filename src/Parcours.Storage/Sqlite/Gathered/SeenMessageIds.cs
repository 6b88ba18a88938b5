using System.Buffers;
using System.Buffers.Binary;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>
/// The message ids (hashes of 128 bits) of the last days (Semantics 5.1), in two generations of seven and a half days: an id is found while its own
/// generation or the next one runs, so for at least seven and a half and at most fifteen days. An old generation goes as a whole.
/// Beside each stands what the first body under it was like: 24 bits, so that one other body in sixteen million is not noticed.
/// </summary>
/// <remarks>In memory and in the log both are one number, the generation's last 8 bits below and the body above: what was written when bodies were not kept reads as one that is not known.</remarks>
sealed class SeenMessageIds : IGatheredForm<UInt128, int>, IDisposable
{
    /// <summary>In microseconds, as all instants of the store. Half a day more than what is promised.</summary>
    public const long GenerationLength = 15L * 12 * 3_600_000_000;
    readonly SqliteConnection _connection;
    readonly SqliteStatement _begin;
    readonly SqliteStatement[] _select, _insert, _empty;
    readonly GatheredIndex<UInt128, int> _gathered;
    readonly byte[] _key = new byte[16];
    // An emptied table leaves what it had in its filter: that costs look-ups, until the next one is made.
    readonly TableFilter[] _filters;
    Generation _generation, _generationOfUnit;

    public SeenMessageIds(SqliteConnection connection, int runSize, TimeSpan rest = default)
    {
        _connection = connection;
        _select = ForBoth(connection, "SELECT body FROM seen_{0} WHERE id = ?1");
        _insert = ForBoth(connection, "INSERT OR IGNORE INTO seen_{0} (id, body) VALUES (?1, ?2)");
        // Without a condition the whole tree is freed at once; no row is looked at.
        _empty = ForBoth(connection, "DELETE FROM seen_{0}");
        _begin = connection.Prepare("INSERT INTO seen_generation (id, number, began) VALUES (0, ?1, ?2) ON CONFLICT (id) DO UPDATE SET number = excluded.number, began = excluded.began");
        _generation = new Generation(
            (int)(connection.Scalar("SELECT number FROM seen_generation") ?? 0),
            connection.Scalar("SELECT began FROM seen_generation") ?? long.MinValue);
        _generationOfUnit = _generation;
        _gathered = new GatheredIndex<UInt128, int>(connection, "seen", this, runSize);
        _filters = [new TableFilter(connection, "seen_0", "id", isBlob: true, rest), new TableFilter(connection, "seen_1", "id", isBlob: true, rest)];
    }

    public int Unmerged => _gathered.Unmerged;

    /// <summary>Begins what <paramref name="now"/> calls for: the next generation, or two at once after a long rest. Inside a transaction.</summary>
    public void Advance(long now)
    {
        if (_generationOfUnit.Began == long.MinValue)
        {
            Begin(new Generation(1, now));
            return;
        }

        var passed = (now - _generationOfUnit.Began) / GenerationLength;
        if (passed < 1) return;
        // The next one begins where the last one ended, though nothing came for a while: only then is an id never known for over fifteen days.
        var next = new Generation((int)(_generationOfUnit.Number + passed), _generationOfUnit.Began + passed * GenerationLength);
        _empty[next.Number & 1].Run();
        if (passed > 1) _empty[(next.Number - 1) & 1].Run();
        Begin(next);
    }

    /// <param name="id">The message id's hash.</param>
    /// <param name="body">What the first body was like; 0: not known.</param>
    public bool TryFind(UInt128 id, out uint body)
    {
        if (_gathered.TryGet(id, out var kept))
        {
            body = BodyOf(kept);
            return IsAlive(kept);
        }

        var number = _generationOfUnit.Number;
        return InTable(number & 1, id, out body) || InTable((number - 1) & 1, id, out body);
    }

    public void Add(UInt128 id, uint fingerprint) => _gathered.Put(id, (int)(Kept(fingerprint) << 8) | (byte)_generationOfUnit.Number);

    /// <summary>Whether a body is surely another than the one that was kept.</summary>
    public static bool Differ(uint kept, uint fingerprint) => kept != 0 && fingerprint != 0 && kept != Kept(fingerprint);

    static uint Kept(uint fingerprint) => fingerprint & 0xFFFFFF;

    static uint BodyOf(int kept) => (uint)kept >> 8;

    /// <summary>Which generation runs, and since when; null: none has begun.</summary>
    public (long Number, long Began)? GenerationNow() => _generation.Began == long.MinValue ? null : (_generation.Number, _generation.Began);

    /// <summary>All that are known, with the generation to which each belongs: for a copy of the whole store.</summary>
    public IEnumerable<(Guid Id, uint Body, long Generation)> All()
    {
        var gathered = new HashSet<UInt128>();
        foreach (var (id, kept) in _gathered.All)
            if (gathered.Add(id) && IsAlive(kept)) yield return (IdOf(id), BodyOf(kept), _generation.Number - (byte)(_generation.Number - kept));
        for (var table = 0; table < 2; table++)
        {
            using var rows = _connection.Prepare($"SELECT id, body FROM seen_{table} ORDER BY id");
            while (rows.Step())
                if (!gathered.Contains(BinaryPrimitives.ReadUInt128BigEndian(rows.Blob(0))))
                    yield return (new Guid(rows.Blob(0), bigEndian: true), (uint)(rows.LongOrNull(1) ?? 0), _generation.Number - ((_generation.Number ^ table) & 1));
        }
    }

    /// <summary>Goes on where another store stands. Inside a transaction.</summary>
    public void GoOnWith(int number, long began) => Begin(new Generation(number, began));

    /// <summary>One that another store knows.</summary>
    public void AddAgain(Guid id, uint body, long generation)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        _gathered.Put(BinaryPrimitives.ReadUInt128BigEndian(bytes), (int)(Kept(body) << 8) | (byte)generation);
    }

    static Guid IdOf(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return new Guid(bytes, bigEndian: true);
    }

    public void BeforeCommit() => _gathered.BeforeCommit();

    public void Committed()
    {
        _generation = _generationOfUnit;
        _gathered.Committed();
        foreach (var filter in _filters) filter.Committed();
    }

    public void RolledBack()
    {
        _generationOfUnit = _generation;
        _gathered.RolledBack();
    }

    int IGatheredForm<UInt128, int>.Compare(UInt128 left, UInt128 right) => left.CompareTo(right);

    void IGatheredForm<UInt128, int>.Write(IBufferWriter<byte> log, UInt128 key, int value)
    {
        var span = log.GetSpan(20);
        BinaryPrimitives.WriteUInt128BigEndian(span, key);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], value);
        log.Advance(20);
    }

    int IGatheredForm<UInt128, int>.Read(ReadOnlySpan<byte> log, out UInt128 key, out int value)
    {
        key = BinaryPrimitives.ReadUInt128BigEndian(log);
        value = BinaryPrimitives.ReadInt32LittleEndian(log[16..]);
        return 20;
    }

    void IGatheredForm<UInt128, int>.Merge(ReadOnlySpan<KeyValuePair<UInt128, int>> slice)
    {
        foreach (var (id, kept) in slice)
        {
            if (!IsAlive(kept)) continue;
            // Big-endian, so that the order of the bytes is the order of the numbers.
            BinaryPrimitives.WriteUInt128BigEndian(_key, id);
            _filters[kept & 1].Add(TableFilter.HashOf(id));
            _insert[kept & 1].BindBlob(1, _key).Bind(2, BodyOf(kept)).Run();
        }
    }

    void Begin(Generation generation)
    {
        _begin.Bind(1, generation.Number).Bind(2, generation.Began).Run();
        _generationOfUnit = generation;
    }

    bool InTable(int table, UInt128 id, out uint body)
    {
        body = 0;
        if (!_filters[table].MayHave(TableFilter.HashOf(id))) return false;
        BinaryPrimitives.WriteUInt128BigEndian(_key, id);
        var select = _select[table];
        var found = select.BindBlob(1, _key).Step();
        body = found ? (uint)(select.LongOrNull(0) ?? 0) : 0;
        if (found) select.Reset();
        return found;
    }

    public void Dispose()
    {
        foreach (var filter in _filters) filter.Dispose();
    }

    bool IsAlive(int kept) => (byte)(_generationOfUnit.Number - kept) <= 1;

    static SqliteStatement[] ForBoth(SqliteConnection connection, string sql) =>
        [connection.Prepare(sql.Replace("{0}", "0", StringComparison.Ordinal)), connection.Prepare(sql.Replace("{0}", "1", StringComparison.Ordinal))];

    readonly record struct Generation(int Number, long Began);
}
