using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>
/// Which contact an identity leads to (Semantics 4.1): <c>identity(hash, holders)</c>, where a row lists all identities that share the hash, value and
/// contact each; mostly that is one. An identity is set, moved to another contact, or released; the latest of these stands.
/// </summary>
sealed class IdentityTable : IGatheredForm<IdentityKey, ContactId>, IDisposable
{
    /// <summary>The value of an identity that was released: nobody's, until somebody comes with it again.</summary>
    static ContactId Nobody => default;
    readonly GatheredIndex<IdentityKey, ContactId> _gathered;
    readonly SqliteStatement _select, _insert, _update, _delete;
    readonly ArrayBufferWriter<byte> _holders = new();
    readonly TableFilter _filter;

    public IdentityTable(SqliteConnection connection, int runSize, TimeSpan rest = default)
    {
        _select = connection.Prepare("SELECT holders FROM identity WHERE hash = ?1");
        _insert = connection.Prepare("INSERT OR IGNORE INTO identity (hash, holders) VALUES (?1, ?2)");
        _update = connection.Prepare("UPDATE identity SET holders = ?2 WHERE hash = ?1");
        _delete = connection.Prepare("DELETE FROM identity WHERE hash = ?1");
        _gathered = new GatheredIndex<IdentityKey, ContactId>(connection, "identity", this, runSize);
        _filter = new TableFilter(connection, "identity", "hash", isBlob: false, rest);
    }

    public int Unmerged => _gathered.Unmerged;

    /// <summary>The contact, or nobody (all zero) where the identity is unknown. For the writer's thread.</summary>
    public ContactId Find(IdentityKey identity) =>
        _gathered.TryGet(identity, out var contact) ? contact
        : _filter.MayHave(TableFilter.HashOf(identity.Hash)) ? FindMerged(_select, identity)
        : Nobody;

    /// <summary>Looks at what is committed and not merged; from any thread.</summary>
    /// <remarks>Who finds nothing here looks with <see cref="FindMerged"/> in a transaction begun <em>after</em> this: an entry leaves memory only once the table has it.</remarks>
    public bool TryFindUnmerged(IdentityKey identity, out ContactId contact) => _gathered.TryGetCommitted(identity, out contact);

    /// <summary>Looks only at what is merged.</summary>
    public static ContactId FindMerged(SqliteStatement select, IdentityKey identity)
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

    public void Put(IdentityKey identity, ContactId contact) => _gathered.Put(identity, contact);

    public void Release(IdentityKey identity) => _gathered.Put(identity, Nobody);

    public void BeforeCommit() => _gathered.BeforeCommit();

    public void Committed()
    {
        _gathered.Committed();
        _filter.Committed();
    }

    public void RolledBack() => _gathered.RolledBack();

    public void Dispose() => _filter.Dispose();

    int IGatheredForm<IdentityKey, ContactId>.Compare(IdentityKey left, IdentityKey right) => left.Hash.CompareTo(right.Hash);

    void IGatheredForm<IdentityKey, ContactId>.Write(IBufferWriter<byte> log, IdentityKey key, ContactId value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(log.GetSpan(8), key.Hash);
        log.Advance(8);
        WriteHolder(log, key.Kind, key.Value, value);
    }

    int IGatheredForm<IdentityKey, ContactId>.Read(ReadOnlySpan<byte> log, out IdentityKey key, out ContactId value)
    {
        var length = 8 + ReadHolder(log[8..], out var kind, out var text, out value);
        key = new IdentityKey(kind, Encoding.UTF8.GetString(text), BinaryPrimitives.ReadInt64LittleEndian(log));
        return length;
    }

    void IGatheredForm<IdentityKey, ContactId>.Merge(ReadOnlySpan<KeyValuePair<IdentityKey, ContactId>> slice)
    {
        foreach (var (identity, contact) in slice)
        {
            _holders.ResetWrittenCount();
            if (contact != Nobody)
            {
                WriteHolder(_holders, identity.Kind, identity.Value, contact);
                _insert.Bind(1, identity.Hash).BindBlob(2, _holders.WrittenSpan);
                _filter.Add(TableFilter.HashOf(identity.Hash));
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

    // One holder: contact (16 bytes), kind (1), length of the value (4), value in UTF-8.
    static void WriteHolder(IBufferWriter<byte> to, byte kind, string value, ContactId contact)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var span = to.GetSpan(21 + length);
        contact.Value.TryWriteBytes(span, bigEndian: true, out _);
        span[16] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(span[17..], length);
        Encoding.UTF8.GetBytes(value, span[21..]);
        to.Advance(21 + length);
    }

    static int ReadHolder(ReadOnlySpan<byte> from, out byte kind, out ReadOnlySpan<byte> value, out ContactId contact)
    {
        contact = new ContactId(new Guid(from[..16], bigEndian: true));
        kind = from[16];
        value = from.Slice(21, BinaryPrimitives.ReadInt32LittleEndian(from[17..]));
        return 21 + value.Length;
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
