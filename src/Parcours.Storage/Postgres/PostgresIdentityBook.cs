using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>Who has which identity, as read at the beginning of a batch and changed in memory since; written at its end, if nobody else has written meanwhile.</summary>
sealed class PostgresIdentityBook(long salt) : IIdentityBook
{
    readonly Dictionary<Identity, ContactId?> _read = [];
    readonly Dictionary<Identity, ContactId?> _now = [];
    readonly Dictionary<ContactId, Holding> _holdings = [];
    readonly Dictionary<Identity, Guid> _hashes = [];

    /// <summary>When the contacts that are made now were first seen.</summary>
    public Instant Now { get; set; }

    /// <summary>For contacts that are made.</summary>
    public Queue<long> Numbers { get; set; } = new();

    /// <summary>Reads what these identities and contacts lead to, and forgets what was read before.</summary>
    /// <param name="before">Further commands of the same round trip, whose rows go to <paramref name="rows"/>.</param>
    public async ValueTask LoadAsync(
        IReadOnlyCollection<Identity> identities, IReadOnlyCollection<ContactId> contacts, IReadOnlyList<NpgsqlBatchCommand> before, IReadOnlyList<Action<NpgsqlDataReader>> rows,
        UnitConnection connection, CancellationToken cancellationToken)
    {
        _read.Clear();
        _now.Clear();
        _holdings.Clear();
        _hashes.Clear();
        Dictionary<Guid, Identity> byHash = [];
        foreach (var identity in identities)
            if (_read.TryAdd(identity, null)) byHash.Add(KnownHashOf(identity), identity);
        Guid[] hashes = [.. byHash.Keys.Order()];
        await connection.ReadAsync(
            [.. before, Commands.Query("find_identities").With(hashes), FindHoldings(hashes, [.. contacts.Distinct()])],
            [
                .. rows,
                row =>
                {
                    var identity = byHash[row.GetGuid(0)];
                    if ((short)identity.Kind == row.GetInt16(1) && identity.Value == row.GetString(2)) _read[identity] = row.Contact(3);
                },
                row => Take(row),
            ],
            cancellationToken);
        await FollowAsync(connection, cancellationToken);
        foreach (var (identity, holder) in _read) _now[identity] = holder;
    }

    /// <summary>A merged contact's winner may have been merged later.</summary>
    async ValueTask FollowAsync(UnitConnection connection, CancellationToken cancellationToken)
    {
        while (_holdings.Values.Where(holding => holding.MergedInto is { } winner && !_holdings.ContainsKey(winner)).Select(holding => holding.MergedInto!.Value).ToList() is { Count: > 0 } missing)
        {
            var found = false;
            await connection.ReadAsync([FindHoldings([], missing)], [row => found |= Take(row)], cancellationToken);
            if (!found) return;
        }
    }

    static NpgsqlBatchCommand FindHoldings(Guid[] hashes, IReadOnlyList<ContactId> contacts) => Commands.Query("find_holdings")
        .With(hashes).Column(contacts, static contact => (short)Partition.Of(contact).Index).Column(contacts, static contact => contact.Number);

    /// <returns>Whether it was not known.</returns>
    bool Take(NpgsqlDataReader row)
    {
        // A number alone is no proof: whoever asks with another upper half finds nothing under his id.
        var holding = new Holding(row.Contact(0)) { Revision = row.GetInt64(2), MergedInto = row.IsDBNull(3) ? null : new ContactId(row.GetGuid(3)) };
        ReadOnlySpan<byte> list = row.Bytes(4);
        holding.Identities.AddRange(IdentityList.Read(ref list));
        return _holdings.TryAdd(holding.Contact, holding);
    }

    /// <summary>How many contacts a batch can make at most.</summary>
    public int UnknownMost(IReadOnlyList<AppendItem> items)
    {
        var most = 0;
        foreach (var item in items)
            if (item is { Contact: null, CreatesContact: true } && item.Identities.Any(identity => _read[identity] is null))
                most++;
        return most;
    }

    public ContactId? HolderOf(Identity identity) => _now.GetValueOrDefault(identity);

    public ContactId? Find(ContactId contact)
    {
        while (_holdings.TryGetValue(contact, out var holding))
        {
            if (holding.MergedInto is not { } winner) return contact;
            contact = winner;
        }

        return null;
    }

    public IReadOnlyList<Identity> IdentitiesOf(ContactId contact) => _holdings.TryGetValue(contact, out var holding) ? holding.Identities : [];

    public ContactId Create()
    {
        if (!Numbers.TryDequeue(out var number)) throw new NumbersMissingException();
        var contact = ContactId.Create(number, Now.ToUnixTimeMilliseconds(), ContactHalves.SaltOf(number, salt));
        _holdings.Add(contact, new Holding(contact) { IsNew = true, IsChanged = true });
        return contact;
    }

    public void Attach(Identity identity, ContactId contact, ContactId? former)
    {
        if (former is { } had && _holdings.TryGetValue(had, out var loses))
        {
            loses.Identities.Remove(identity);
            loses.IsChanged = true;
        }

        // One that comes along with a merge was in nobody's item: it was the former's when that was read.
        _read.TryAdd(identity, former);
        var holding = _holdings[contact];
        if (!holding.Identities.Contains(identity)) holding.Identities.Add(identity);
        holding.IsChanged = true;
        _now[identity] = contact;
    }

    public void Release(Identity identity, ContactId contact)
    {
        if (!_holdings.TryGetValue(contact, out var holding) || !holding.Identities.Remove(identity)) return;
        _read.TryAdd(identity, contact);
        holding.IsChanged = true;
        _now[identity] = null;
    }

    public void Merge(ContactId loser, ContactId winner)
    {
        var from = _holdings[loser];
        foreach (var identity in from.Identities.ToList()) Attach(identity, winner, loser);
        from.Identities.Clear();
        (from.MergedInto, from.IsChanged) = (winner, true);
    }

    /// <summary>Adds what writes all changes.</summary>
    /// <returns>How many rows are hit if nobody else wrote meanwhile.</returns>
    public int Save(List<NpgsqlBatchCommand> commands)
    {
        List<Change> inserted = [], moved = [], deleted = [];
        foreach (var (identity, after) in _now)
        {
            var before = _read[identity];
            if (before == after) continue;
            (before is null ? inserted : after is null ? deleted : moved).Add(new(KnownHashOf(identity), identity, before, after));
        }

        // Sorted by hash: two batches with the same identities wait for each other instead of locking each other out.
        foreach (var list in (List<Change>[])[inserted, moved, deleted]) list.Sort(static (left, right) => left.Hash.CompareTo(right.Hash));
        if (inserted.Count > 0)
            commands.Add(Commands.Query("insert_identities")
                .Column(inserted, static change => change.Hash).Column(inserted, static change => (short)change.Identity.Kind).Column(inserted, static change => change.Identity.Value)
                .Column(inserted, static change => (short)Partition.Of(change.Now).Index).Column(inserted, static change => change.Now.Number).Column(inserted, static change => change.Now.High()));
        if (moved.Count > 0)
            commands.Add(Commands.Query("move_identities")
                .Column(moved, static change => change.Hash).Column(moved, static change => change.Was.Number)
                .Column(moved, static change => (short)Partition.Of(change.Now).Index).Column(moved, static change => change.Now.Number).Column(moved, static change => change.Now.High()));
        if (deleted.Count > 0)
            commands.Add(Commands.Query("delete_identities").Column(deleted, static change => change.Hash).Column(deleted, static change => change.Was.Number));
        return inserted.Count + moved.Count + deleted.Count + SaveHoldings(commands);
    }

    int SaveHoldings(List<NpgsqlBatchCommand> commands)
    {
        var buffer = new ArrayBufferWriter<byte>();
        List<Holding> changed = [.. _holdings.Values.Where(holding => holding.IsChanged).OrderBy(holding => holding.Contact.Number)];
        List<Holding> made = [.. changed.Where(holding => holding.IsNew)], known = [.. changed.Where(holding => !holding.IsNew)];
        if (made.Count > 0)
            commands.Add(Commands.Query("insert_holdings")
                .Column(made, static holding => (short)Partition.Of(holding.Contact).Index).Column(made, static holding => holding.Contact.Number).Column(made, static holding => holding.Contact.High())
                .Column(made, static holding => holding.MergedInto?.Value).Column(made, Identities));
        if (known.Count > 0)
            commands.Add(Commands.Query("update_holdings")
                .Column(known, static holding => (short)Partition.Of(holding.Contact).Index).Column(known, static holding => holding.Contact.Number).Column(known, static holding => holding.Revision)
                .Column(known, static holding => holding.MergedInto?.Value).Column(known, Identities));
        return changed.Count;

        byte[] Identities(Holding holding)
        {
            buffer.ResetWrittenCount();
            IdentityList.Write(buffer, holding.Identities);
            return buffer.WrittenSpan.ToArray();
        }
    }

    Guid KnownHashOf(Identity identity) => _hashes.TryGetValue(identity, out var hash) ? hash : _hashes[identity] = HashOf(identity);

    /// <summary>By this an identity is kept: 128 bits of what it is. After a hit the value is compared all the same.</summary>
    public static Guid HashOf(Identity identity)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var text = Encoding.UTF8.GetBytes((char)('0' + (byte)identity.Kind) + identity.Value);
        SHA256.HashData(text, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>More contacts have to be made than the identities as read let expect: an item has released one that a later item names. Numbers for all items are needed.</summary>
    public sealed class NumbersMissingException : Exception;

    readonly record struct Change(Guid Hash, Identity Identity, ContactId? Before, ContactId? After)
    {
        public ContactId Was => Before.GetValueOrDefault();
        public ContactId Now => After.GetValueOrDefault();
    }

    sealed class Holding(ContactId contact)
    {
        public ContactId Contact { get; } = contact;
        public List<Identity> Identities { get; } = [];
        public ContactId? MergedInto { get; set; }
        public long Revision { get; init; }
        public bool IsNew { get; init; }
        public bool IsChanged { get; set; }
    }
}
