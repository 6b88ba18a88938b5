using FsCheck;
using FsCheck.Fluent;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Gathered;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Tests.Sqlite;

/// <summary>Whatever is gathered, merged, rolled back and read again after a crash: the indexes answer as a plain dictionary would.</summary>
public sealed class GatheredTests
{
    const int RunSize = 12;
    const long Hour = 3_600_000_000;

    /// <summary>One transaction: values set (contact 0 releases), whether it is rolled back, and whether the process dies after it.</summary>
    sealed record Unit((int Identity, int Contact)[] Sets, bool RollsBack, bool Crashes);

    /// Semantics 4.1
    [Fact]
    public void Identities_answer_as_a_dictionary_does_whenever_the_process_dies()
    {
        var set = Gen.Choose(0, 39).Two().Select(pair => (pair.Item1, Contact: pair.Item2 % 8));
        var unit = from sets in set.ListOf(6)
                   from rollsBack in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
                   from crashes in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
                   select new Unit([.. sets], rollsBack, crashes);

        Prop.ForAll(Arb.From(unit.ListOf(60).Select(units => units.ToArray())), AgreesWithADictionary)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        static void AgreesWithADictionary(Unit[] units)
        {
            var model = new Dictionary<int, int>();
            using var database = new Database();
            foreach (var unit in units)
            {
                var before = new Dictionary<int, int>(model);
                database.Connection.Execute("BEGIN IMMEDIATE");
                foreach (var (identity, contact) in unit.Sets)
                {
                    if (contact == 0) database.Identities.Release(Identity(identity));
                    else database.Identities.Put(Identity(identity), Contact(contact));
                    model[identity] = contact;
                }

                database.Identities.BeforeCommit();
                if (unit.RollsBack) model = before;
                database.End(unit.RollsBack);
                if (unit.Crashes) database.Reopen();
                for (var i = 0; i < 40; i++) Assert.Equal(Contact(model.GetValueOrDefault(i)), database.Identities.Find(Identity(i)));
            }
        }

        // Four identities to a hash: every row of the table has company.
        static IdentityKey Identity(int number) => new((byte)(number % 3), $"value {number}", number / 4 * 1_000_003L);
    }

    [Fact]
    public void Memory_and_log_stay_small_however_much_was_gathered()
    {
        using var database = new Database();
        for (var i = 1; i <= 2_000; i++)
        {
            database.Connection.Execute("BEGIN IMMEDIATE");
            database.Identities.Put(new IdentityKey(1, $"user-{i}"), Contact(i));
            database.Identities.BeforeCommit();
            database.End(rollsBack: false);
        }

        Assert.InRange(database.Identities.Unmerged, 0, 2 * RunSize);
        Assert.InRange(database.Connection.Scalar("SELECT count(*) FROM identity_log")!.Value, 0, 2 * RunSize);
        Assert.InRange(database.Connection.Scalar("SELECT count(*) FROM identity")!.Value, 2_000 - 2 * RunSize, 2_000);
        database.Reopen();
        Assert.Equal(Contact(1_234), database.Identities.Find(new IdentityKey(1, "user-1234")));
        Assert.Equal(default, database.Identities.Find(new IdentityKey(2, "user-1234")));
    }

    /// Semantics 5.1
    [Fact]
    public void A_message_id_is_known_for_seven_days_and_forgotten_after_fifteen_whenever_the_process_dies()
    {
        var unit = from ids in Gen.Choose(0, 60).ListOf(5)
                   from rest in Gen.Frequency((8, Gen.Choose(1, 30)), (1, Gen.Choose(100, 500)))
                   from rollsBack in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
                   from crashes in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
                   select (Ids: ids.ToArray(), Idle: rest, RollsBack: rollsBack, Crashes: crashes);

        Prop.ForAll(Arb.From(unit.ListOf(60).Select(units => units.ToArray())), units =>
        {
            var added = new Dictionary<int, long>();
            var now = 1_700_000_000_000_000;
            using var database = new Database();
            foreach (var (ids, rest, rollsBack, crashes) in units)
            {
                now += rest * Hour;
                database.Connection.Execute("BEGIN IMMEDIATE");
                database.Seen.Advance(now);
                foreach (var id in ids.Distinct())
                {
                    var age = added.TryGetValue(id, out var when) ? now - when : (long?)null;
                    var known = database.Seen.TryFind(Hash(id), out var body);
                    // Whatever became of it meanwhile (log, run, table, an older generation): its body is still told from another.
                    if (known) Assert.Equal((false, true), (SeenMessageIds.Differ(body, BodyOf(id, 0)), SeenMessageIds.Differ(body, BodyOf(id, 1))));
                    if (age is null or > 15 * 24 * Hour) Assert.False(known, $"{id}, added {age / Hour} hours ago");
                    if (age is <= 7 * 24 * Hour) Assert.True(known, $"{id}, added {age / Hour} hours ago");
                    if (known) continue;
                    database.Seen.Add(Hash(id), BodyOf(id, 0));
                    if (!rollsBack) added[id] = now;
                }

                database.Seen.BeforeCommit();
                database.End(rollsBack);
                if (crashes) database.Reopen();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        static UInt128 Hash(int id) => (UInt128)(uint)id * 0x9E3779B97F4A7C15UL * 0xD1B54A32D192ED03UL;
        static uint BodyOf(int id, int which) => (uint)((2 * id + which + 1) * 0x9E3779B1);
    }

    /// Semantics 5.1
    [Fact]
    public void Message_ids_seen_before_bodies_were_kept_are_known_and_count_for_no_other_body()
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteConnection.Open(folder.File("old.db"), readOnly: false);
        Schema.Migrate(connection, [SqlText.Migrations().Single(migration => migration.Number == 1)]);
        const long Now = 1_700_000_000_000_000;
        connection.Execute($"INSERT INTO seen_generation (id, number, began) VALUES (0, 3, {Now}); INSERT INTO seen_1 (id) VALUES (x'00000000000000000000000000000001')");
        // One entry as it was written then: 16 bytes of the id, 4 of the generation, little-endian.
        connection.Execute("INSERT INTO seen_log (number, entries) VALUES (1, x'0000000000000000000000000000000203000000')");

        Schema.Migrate(connection, [.. SqlText.Migrations()]);
        var seen = new SeenMessageIds(connection, RunSize);

        Assert.Equal([true, true, false], ((UInt128[])[1, 2, 3]).Select(id => seen.TryFind(id, out var body) && !SeenMessageIds.Differ(body, 77)));
    }

    static ContactId Contact(int number) => number == 0 ? default : ContactId.Create(number, 1_700_000_000_000, number);

    /// <summary>A database that can die: the files are copied as they are, and opened again elsewhere.</summary>
    sealed class Database : IDisposable
    {
        TemporaryFolder _folder = new();

        public Database() => Open();

        public SqliteConnection Connection { get; private set; } = null!; // Set by Open.

        public IdentityTable Identities { get; private set; } = null!; // Set by Open.

        public SeenMessageIds Seen { get; private set; } = null!; // Set by Open.

        public void End(bool rollsBack)
        {
            Connection.Execute(rollsBack ? "ROLLBACK" : "COMMIT");
            if (rollsBack) Identities.RolledBack();
            else Identities.Committed();
            if (rollsBack) Seen.RolledBack();
            else Seen.Committed();
        }

        public void Reopen()
        {
            var copy = _folder.CopyAsAfterACrash();
            Dispose();
            _folder = copy;
            Open();
        }

        void Open()
        {
            Connection = SqliteConnection.Open(_folder.File("parcours.db"), readOnly: false);
            Connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
            Schema.Migrate(Connection, [.. SqlText.Migrations()]);
            Identities = new IdentityTable(Connection, RunSize);
            Seen = new SeenMessageIds(Connection, RunSize);
        }

        public void Dispose()
        {
            Identities.Dispose();
            Seen.Dispose();
            Connection.Dispose();
            _folder.Dispose();
        }
    }
}
