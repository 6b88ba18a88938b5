using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Postgres;
using Parcours.Testing;

namespace Parcours.Storage.Tests.Postgres;

/// <summary>What is PostgreSQL's own: several processes on one database, plans, and what goes wrong between here and there.</summary>
public sealed class PostgresStoreTests : IAsyncLifetime
{
    static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 9, 0);
    string _database = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresServer.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database.Length > 0) await PostgresServer.DropAsync(_database);
    }

    Task<PostgresStore> OpenAsync() => PostgresStore.OpenAsync(_database, new() { Time = TimeProvider.System, Salt = 7, Connections = 4 }, Cancellation);

    [Fact]
    public async Task The_tables_of_months_to_come_are_made_while_it_runs()
    {
        var time = new Calendar(new(2026, 12, 31, 23, 0, 0, TimeSpan.Zero));
        await using var store = await PostgresStore.OpenAsync(_database, new() { Time = time, Connections = 2 }, Cancellation);
        Assert.True(await IsThereAsync("entry_2027_02"));
        Assert.False(await IsThereAsync("entry_2027_03"));

        time.Pass(TimeSpan.FromHours(2));

        for (var looks = 0; !await IsThereAsync("timeline_2027_03"); looks++)
        {
            Assert.True(looks < 3_000, "The tables of March were not made.");
            await Task.Delay(10, Cancellation);
        }

        Assert.True(await IsThereAsync("entry_2027_03"));
    }

    async Task<bool> IsThereAsync(string table)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand($"SELECT to_regclass('{table}') IS NOT NULL");
        return (bool)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Time that passes when it is told to, and lets waits end.</summary>
    sealed class Calendar(DateTimeOffset now) : TimeProvider
    {
        readonly List<(DateTimeOffset Due, Action Fire)> _waits = [];

        public override DateTimeOffset GetUtcNow()
        {
            lock (_waits) return now;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_waits) _waits.Add((now + dueTime, () => callback(state)));
            return new Nothing();
        }

        public void Pass(TimeSpan by)
        {
            List<(DateTimeOffset Due, Action Fire)> over;
            lock (_waits)
            {
                now += by;
                over = [.. _waits.Where(wait => wait.Due <= now)];
                _waits.RemoveAll(over.Contains);
            }

            foreach (var (_, fire) in over) fire();
        }

        sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;
            public void Dispose() { }
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    /// Semantics 4.2
    [Fact]
    public async Task Nodes_that_race_for_the_same_identities_get_one_answer()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var contacts = new System.Collections.Concurrent.ConcurrentBag<(string User, ContactId Contact, bool New)>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Task.Run(async () =>
        {
            for (var round = 0; round < 12; round++)
            {
                await using var unit = await (node % 2 == 0 ? one : other).BeginAsync(PartitionSet.None, Cancellation);
                List<AppendResult> results = [];
                await unit.AppendAsync([.. Enumerable.Range(0, 10).Select(i => Event($"user {round * 10 + (i + node) % 10}"))], Monday, results, Cancellation);
                await unit.CommitAsync(Cancellation);
                for (var i = 0; i < 10; i++) contacts.Add(($"user {round * 10 + (i + node) % 10}", results[i].Contact, results[i].Entries[0].NewContact));
            }
        })));

        foreach (var user in contacts.GroupBy(contact => contact.User))
        {
            Assert.Single(user.Select(contact => contact.Contact).Distinct());
            Assert.Single(user, contact => contact.New);
        }

        Assert.Equal(120, contacts.Select(contact => contact.Contact).Distinct().Count());
    }

    /// Semantics 5.1
    [Fact]
    public async Task Of_two_nodes_that_get_the_same_message_at_once_one_takes_it()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var item = Event("ada") with { MessageIdHash = Guid.NewGuid() };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(node => Task.Run(async () =>
        {
            await using var unit = await (node % 2 == 0 ? one : other).BeginAsync(PartitionSet.None, Cancellation);
            List<AppendResult> results = [];
            await unit.AppendAsync([item], Monday, results, Cancellation);
            await unit.CommitAsync(Cancellation);
            return results[0].Outcome;
        })));

        Assert.Single(outcomes, outcome => outcome == AppendOutcome.Appended);
    }

    /// Semantics 15.5
    [Fact]
    public async Task A_sequence_is_seen_after_all_before_it()
    {
        await using var store = await OpenAsync();
        await using var reader = await OpenAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await using var unit = await store.BeginAsync(PartitionSet.None, Cancellation);
                await unit.AppendAsync([Event("ada")], Monday, [], Cancellation);
                await unit.CommitAsync(Cancellation);
            }
        })));

        List<long> seen = [];
        Partition? ada = null;
        for (var isLast = false; !isLast;)
        {
            isLast = writing.IsCompleted;
            ada ??= await reader.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, "ada"), Cancellation) is { } found ? Partition.Of(found) : null;
            if (ada is null) continue;
            await using var unit = await reader.BeginAsync(PartitionSet.Of(ada.Value), Cancellation);
            seen.AddRange((await unit.ReadEntriesAsync(ada.Value, seen.Count == 0 ? 0 : seen[^1], 1_000, Cancellation)).Select(entry => entry.Sequence));
        }

        await writing;
        Assert.Equal(120, seen.Count);
        Assert.Equal(seen.Order(), seen);
    }

    /// Semantics 15.2
    [Fact]
    public async Task Who_no_longer_owns_a_partition_commits_nothing_of_it()
    {
        await using var former = await OpenAsync();
        await using var present = await OpenAsync();
        var partition = new Partition(5);
        await SaveAsync(former, new PartitionState(partition, 0, 0, Monday, 1));
        await SaveAsync(present, new PartitionState(partition, 0, 0, Monday, 2));

        await Assert.ThrowsAsync<StoreException>(() => SaveAsync(former, new PartitionState(partition, 1, 0, Monday + Duration.FromSeconds(1), 1)));

        var state = (await present.Queries.StatesAsync(Cancellation))[5];
        Assert.Equal((0, 2), (state.Cursor, state.Epoch));
    }

    [Fact]
    public async Task A_cut_connection_is_one_clear_error_and_the_next_unit_has_a_fresh_one()
    {
        await using var store = await OpenAsync();
        await using (var unit = await store.BeginAsync(PartitionSet.All, Cancellation))
        {
            await unit.WriteDocumentAsync("kind", "lost", "{}"u8.ToArray(), 0, Monday, Cancellation);
            await PostgresServer.CutAsync(_database);
            await Assert.ThrowsAsync<StoreException>(async () => await unit.CommitAsync(Cancellation));
        }

        await using (var unit = await store.BeginAsync(PartitionSet.All, Cancellation))
        {
            await unit.WriteDocumentAsync("kind", "kept", "{}"u8.ToArray(), 0, Monday, Cancellation);
            await unit.CommitAsync(Cancellation);
        }

        Assert.Null(await store.Queries.DocumentAsync("kind", "lost", Cancellation));
        Assert.NotNull(await store.Queries.DocumentAsync("kind", "kept", Cancellation));
    }

    /// Semantics 15.4
    [Fact]
    public async Task A_node_tells_that_it_serves_also_while_the_connection_that_commits_is_broken()
    {
        await using var store = await PostgresStore.OpenAsync(_database, new() { Time = TimeProvider.System, Connections = 4, Node = new(Guid.NewGuid(), "one", "http://one", "1") }, Cancellation);
        await store.TakeOverAsync(null, Cancellation);
        await using var unit = await store.BeginAsync(PartitionSet.All, Cancellation);
        await PostgresServer.CutAsync(_database);
        await Assert.ThrowsAsync<StoreException>(async () => await unit.WriteDocumentAsync("kind", "lost", "{}"u8.ToArray(), 0, Monday, Cancellation));
        var broken = store.Now;

        // Who were silent for seven seconds would be taken for dead.
        for (var looks = 0; !(await store.Queries.NodesAsync(Cancellation)).Any(node => node.SeenAt > broken); looks++)
        {
            Assert.True(looks < 1_000, "The node fell silent.");
            await Task.Delay(10, Cancellation);
        }
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        await ExecuteAsync("INSERT INTO schema_version VALUES (9999)");

        Assert.Equal(StoreFailure.TooNew, (await Assert.ThrowsAsync<StoreException>(OpenAsync)).Failure);
    }

    [Theory]
    [InlineData("postgres://ada:s%40cret@db.example.org:6432/shop?sslmode=verify-full", "Host=db.example.org;Port=6432;Database=shop;Username=ada;Password=s@cret;SSL Mode=VerifyFull")]
    [InlineData("postgresql://one,two:5433/shop", "Host=one,two:5433;Database=shop")]
    [InlineData("postgres://localhost", "Host=localhost;Database=parcours")]
    [InlineData("Host=h;Database=d", "Host=h;Database=d")]
    public void Both_spellings_of_an_address_are_read(string text, string same) =>
        Assert.Equivalent(new NpgsqlConnectionStringBuilder(same), ConnectionStrings.Read(text));

    [Fact]
    public async Task Nobody_at_the_address_is_told_without_the_password()
    {
        var failure = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.OpenAsync("postgres://ada:topsecret@127.0.0.1:1/shop", new() { Time = TimeProvider.System }, Cancellation));

        Assert.Contains("shop on 127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", failure.ToString(), StringComparison.Ordinal);
    }

    // What is read while contacts wait by the million must never walk through a table.
    [Theory]
    [InlineData("read_timers", "enrolment_due")]
    [InlineData("read_flips", "contact_flip")]
    [InlineData("read_inside", "enrolment_waiting")]
    [InlineData("read_queue", "enrolment_waiting")]
    [InlineData("read_pending_messages", "message_pending")]
    [InlineData("read_claimed_messages", "message_claimed")]
    [InlineData("read_unsent_of", "message_contact")]
    [InlineData("read_messages_of", "message_contact")]
    [InlineData("read_messages", "message_pkey")]
    [InlineData("find_message", "message_key")]
    [InlineData("update_messages", "message_pkey")]
    [InlineData("load_contacts", "contact_pkey")]
    [InlineData("read_contacts", "contact_pkey")]
    [InlineData("read_entries", "entry_rest_pkey")]
    [InlineData("read_timeline", "timeline_rest_pkey")]
    [InlineData("find_identities", "identity_pkey")]
    [InlineData("find_holdings", "holding_pkey")]
    [InlineData("find_seen", "seen_0_pkey")]
    [InlineData("read_blocked", "opt_out_pkey")]
    [InlineData("read_members", "member_pkey")]
    [InlineData("trim_entries", "entry_rest_partition_sequence_idx")]
    [InlineData("lock_tails", "tail_pkey")]
    public async Task A_hot_query_keeps_its_plan_without_any_statistics(string query, string index)
    {
        await (await OpenAsync()).DisposeAsync();
        await using var connection = await Database().OpenSingleAsync(Cancellation);

        await Schema.ExecuteAsync(connection, "SET plan_cache_mode = force_generic_plan; PREPARE asked AS " + SqlText.Query(query), Cancellation);
        List<string> plan = [];
        await using (var command = new NpgsqlCommand($"EXPLAIN (COSTS OFF) EXECUTE asked ({await SomeValuesAsync(connection)})", connection))
        await using (var rows = await command.ExecuteReaderAsync(Cancellation))
            while (await rows.ReadAsync(Cancellation))
                plan.Add(rows.GetString(0));

        var text = string.Join('\n', plan);
        Assert.Contains(index, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_query_file_is_well_formed()
    {
        await (await OpenAsync()).DisposeAsync();
        await using var connection = await Database().OpenSingleAsync(Cancellation);
        const string Folder = "Parcours.Storage.Postgres.Queries.";
        var names = typeof(SqlText).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..^4]).ToList();

        Assert.NotEmpty(names);
        foreach (var name in names) await Schema.ExecuteAsync(connection, $"PREPARE {name} AS {SqlText.Query(name)}", Cancellation);
    }

    [Fact]
    public void Both_stores_stand_at_the_same_number() =>
        Assert.Equal(Parcours.Storage.Sqlite.SqlText.Migrations().Max(migration => migration.Number), SqlText.Migrations().Max(migration => migration.Number));

    Parcours.Storage.Postgres.Database Database() => new(_database, 2);

    /// <summary>A value of the right type for each place: tables cut by time are left out of a plan by the values.</summary>
    static async Task<string> SomeValuesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = 'asked'", connection);
        var types = (string[])(await command.ExecuteScalarAsync(Cancellation))!;
        return string.Join(", ", types.Select(type => type.EndsWith("[]", StringComparison.Ordinal) ? "'{}'" : type == "uuid" ? $"'{Guid.Empty}'" : "'1'"));
    }

    static async Task SaveAsync(PostgresStore store, PartitionState state)
    {
        await using var unit = await store.BeginAsync(PartitionSet.Of(state.Partition), Cancellation);
        var writes = new WriteSet();
        writes.States.Add(state);
        await unit.WriteAsync(writes, Cancellation);
        await unit.CommitAsync(Cancellation);
    }

    async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync(Cancellation);
        await Schema.ExecuteAsync(connection, sql, Cancellation);
    }

    static AppendItem Event(string user) => new(
        null, [new Identity(IdentityKind.UserId, user)], SenderRights.Server, false, null, true, EntryKind.Event, Origin.Live, Monday, "came", "{}"u8.ToArray());
}
