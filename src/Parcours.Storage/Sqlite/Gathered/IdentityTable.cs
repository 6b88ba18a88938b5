using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>
/// Which contact an identity leads to (Semantics 4.1): <c>identity(hash, holders)</c>, where a row lists all identities that share the hash, value and
/// contact each; mostly that is one. An identity is set, moved to another contact, or released; the latest of these stands.
/// </summary>
sealed class IdentityTable : IGatheredForm<IdentityKey, long>
{
    /// <summary>The value of an identity that was released: nobody's, until somebody comes with it again.</summary>
    const long Nobody = 0;
    readonly GatheredIndex<IdentityKey, long> _gathered;
    readonly SqliteStatement _select, _insert, _update, _delete;
    readonly ArrayBufferWriter<byte> _holders = new();

    public IdentityTable(SqliteConnection connection, int runSize)
    {
        _select = connection.Prepare("SELECT holders FROM identity WHERE hash = ?1");
        _insert = connection.Prepare("INSERT OR IGNORE INTO identity (hash, holders) VALUES (?1, ?2)");
        _update = connection.Prepare("UPDATE identity SET holders = ?2 WHERE hash = ?1");
        _delete = connection.Prepare("DELETE FROM identity WHERE hash = ?1");
        _gathered = new GatheredIndex<IdentityKey, long>(connection, "identity", this, runSize);
    }

    public int Unmerged => _gathered.Unmerged;

    /// <summary>The row number of the contact, or 0 where the identity is unknown.</summary>
    public long Find(IdentityKey identity)
    {
        if (_gathered.TryGet(identity, out var contact)) return contact;
        return FindMerged(_select, identity);
    }

    /// <summary>Looks only at what is merged; for a reader that asks memory first.</summary>
    public static long FindMerged(SqliteStatement select, IdentityKey identity)
    {
        if (!select.Bind(1, identity.Hash).Step()) return Nobody;
        var found = Nobody;
        for (var rest = select.Blob(0); rest.Length > 0 && found == Nobody;)
        {
            rest = rest[ReadHolder(rest, out var kind, out var value, out var contact)..];
            if (kind == identity.Kind && IsText(value, identity.Value)) found = contact;
        }

        select.Reset();
        return found;
    }

    public void Put(IdentityKey identity, long contact)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(contact);
        _gathered.Put(identity, contact);
    }

    public void Release(IdentityKey identity) => _gathered.Put(identity, Nobody);

    public void BeforeCommit() => _gathered.BeforeCommit();

    public void Committed() => _gathered.Committed();

    public void RolledBack() => _gathered.RolledBack();

    int IGatheredForm<IdentityKey, long>.Compare(IdentityKey left, IdentityKey right) => left.Hash.CompareTo(right.Hash);

    void IGatheredForm<IdentityKey, long>.Write(IBufferWriter<byte> log, IdentityKey key, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(log.GetSpan(8), key.Hash);
        log.Advance(8);
        WriteHolder(log, key.Kind, key.Value, value);
    }

    int IGatheredForm<IdentityKey, long>.Read(ReadOnlySpan<byte> log, out IdentityKey key, out long value)
    {
        var length = 8 + ReadHolder(log[8..], out var kind, out var text, out value);
        key = new IdentityKey(kind, Encoding.UTF8.GetString(text), BinaryPrimitives.ReadInt64LittleEndian(log));
        return length;
    }

    void IGatheredForm<IdentityKey, long>.Merge(ReadOnlySpan<KeyValuePair<IdentityKey, long>> slice)
    {
        foreach (var (identity, contact) in slice)
        {
            _holders.ResetWrittenCount();
            if (contact != Nobody)
            {
                WriteHolder(_holders, identity.Kind, identity.Value, contact);
                _insert.Bind(1, identity.Hash).BindBlob(2, _holders.WrittenSpan);
                if (_insert.RunAndCount() == 1) continue;
            }

            MergeIntoRow(identity);
        }
    }

    /// <summary>The row exists already: keeps those of another value, and puts the new holder (if any, already in the buffer) before them.</summary>
    void MergeIntoRow(IdentityKey identity)
    {
        if (!_select.Bind(1, identity.Hash).Step()) return;
        for (var rest = _select.Blob(0); rest.Length > 0;)
        {
            var length = ReadHolder(rest, out var kind, out var value, out _);
            if (kind != identity.Kind || !IsText(value, identity.Value)) _holders.Write(rest[..length]);
            rest = rest[length..];
        }

        _select.Reset();
        if (_holders.WrittenCount == 0) _delete.Bind(1, identity.Hash).Run();
        else _update.Bind(1, identity.Hash).BindBlob(2, _holders.WrittenSpan).Run();
    }

    // One holder: contact (8 bytes), kind (1), length of the value (4), value in UTF-8.
    static void WriteHolder(IBufferWriter<byte> to, byte kind, string value, long contact)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var span = to.GetSpan(13 + length);
        BinaryPrimitives.WriteInt64LittleEndian(span, contact);
        span[8] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(span[9..], length);
        Encoding.UTF8.GetBytes(value, span[13..]);
        to.Advance(13 + length);
    }

    static int ReadHolder(ReadOnlySpan<byte> from, out byte kind, out ReadOnlySpan<byte> value, out long contact)
    {
        contact = BinaryPrimitives.ReadInt64LittleEndian(from);
        kind = from[8];
        value = from.Slice(13, BinaryPrimitives.ReadInt32LittleEndian(from[9..]));
        return 13 + value.Length;
    }

    static bool IsText(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length < text.Length) return false;
        const int OnStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        return utf8.SequenceEqual(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
