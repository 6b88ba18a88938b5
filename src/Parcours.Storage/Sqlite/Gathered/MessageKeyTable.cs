using System.Buffers;
using System.Buffers.Binary;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>From a message's key, which is a hash, to the number of its row.</summary>
sealed class MessageKeyTable : IGatheredForm<UInt128, long>
{
    readonly GatheredIndex<UInt128, long> _gathered;
    readonly SqliteStatement _select, _insert;
    readonly byte[] _key = new byte[16];

    /// <param name="connection">The writer's.</param>
    /// <param name="name">The table.</param>
    /// <param name="runSize">Entries that make a run.</param>
    public MessageKeyTable(SqliteConnection connection, string name, int runSize)
    {
        _select = connection.Prepare($"SELECT number FROM {name} WHERE key = ?1");
        _insert = connection.Prepare($"INSERT OR REPLACE INTO {name} (key, number) VALUES (?1, ?2)");
        _gathered = new GatheredIndex<UInt128, long>(connection, name, this, runSize);
    }

    /// <summary>For the writer's thread; null: there is none.</summary>
    public long? Find(MessageKey key)
    {
        var hash = HashOf(key);
        return _gathered.TryGet(hash, out var number) ? number : FindMerged(_select, key);
    }

    /// <summary>Looks at what is committed and not merged; from any thread, and before the transaction in which <see cref="FindMerged"/> looks.</summary>
    public bool TryFindUnmerged(MessageKey key, out long number) => _gathered.TryGetCommitted(HashOf(key), out number);

    public static long? FindMerged(SqliteStatement select, MessageKey key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        if (!select.BindBlob(1, bytes).Step()) return null;
        var number = select.Long(0);
        select.Reset();
        return number;
    }

    public void Put(MessageKey key, long number) => _gathered.Put(HashOf(key), number);

    public void BeforeCommit() => _gathered.BeforeCommit();

    public void Committed() => _gathered.Committed();

    public void RolledBack() => _gathered.RolledBack();

    int IGatheredForm<UInt128, long>.Compare(UInt128 left, UInt128 right) => left.CompareTo(right);

    void IGatheredForm<UInt128, long>.Write(IBufferWriter<byte> log, UInt128 key, long value)
    {
        var span = log.GetSpan(24);
        BinaryPrimitives.WriteUInt128BigEndian(span, key);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], value);
        log.Advance(24);
    }

    int IGatheredForm<UInt128, long>.Read(ReadOnlySpan<byte> log, out UInt128 key, out long value)
    {
        key = BinaryPrimitives.ReadUInt128BigEndian(log);
        value = BinaryPrimitives.ReadInt64LittleEndian(log[16..]);
        return 24;
    }

    void IGatheredForm<UInt128, long>.Merge(ReadOnlySpan<KeyValuePair<UInt128, long>> slice)
    {
        foreach (var (key, number) in slice)
        {
            BinaryPrimitives.WriteUInt128BigEndian(_key, key);
            _insert.BindBlob(1, _key).Bind(2, number).Run();
        }
    }

    static UInt128 HashOf(MessageKey key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
