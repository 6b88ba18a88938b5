using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Copying;
using Parcours.Storage.Postgres;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Tests.Contract;
using Parcours.Storage.Tests.Postgres;
using Parcours.Storage.Tests.Sqlite;
using Parcours.Testing;

namespace Parcours.Storage.Tests.Copying;

/// <summary>A store with a row in every table goes to the other one and back.</summary>
public sealed class CopyTests : StoreContract<SqliteHarness>
{
    [Fact]
    public async Task Every_table_goes_to_the_other_store_and_back()
    {
        var database = await PostgresServer.CreateDatabaseAsync();
        var (first, back) = (Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        try
        {
            await using (var store = SqliteStore.Open(first, new() { Salt = 42 })) await FillAsync(store);

            var there = await Backup.FolderToDatabaseAsync(first, database, Cancellation);
            var here = await Backup.DatabaseToFolderAsync(database, back, Cancellation);

            Assert.Equal(there, here);
            Assert.Empty(there.Where(table => table.Rows == 0).Select(table => table.Name));
            Assert.Equal(await AllOfAsync(first), await AllOfAsync(back));
        }
        finally
        {
            await PostgresServer.DropAsync(database);
            foreach (var folder in (string[])[first, back])
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    /// Semantics 12.3
    [Fact]
    public async Task A_backup_of_either_store_is_restored_row_by_row_into_either_with_sending_held()
    {
        var (database, restored) = (await PostgresServer.CreateDatabaseAsync(), await PostgresServer.CreateDatabaseAsync());
        var home = Directory.CreateTempSubdirectory("parcours-restore-").FullName;
        string In(string name) => Path.Combine(home, name);
        try
        {
            await using (var store = SqliteStore.Open(In("source"), new() { Salt = 42 })) await FillAsync(store);
            Backup.OfFolder(In("source"), In("of-folder"));
            await Backup.FolderToDatabaseAsync(In("source"), database, Cancellation);
            await Backup.OfDatabaseAsync(database, In("of-database"), Cancellation);
            var source = await Backup.DigestAsync(Path.Combine(In("source"), "parcours.db"), isFile: true, Cancellation);
            Assert.Equal(source, await Backup.DigestAsync(database, isFile: false, Cancellation));

            await Backup.IntoFolderAsync(In("of-folder"), In("folder-1"), Monday, Cancellation);
            await Backup.IntoFolderAsync(In("of-database"), In("folder-2"), Monday, Cancellation);
            var told = await Backup.IntoDatabaseAsync(In("of-folder"), restored, Monday, Cancellation);

            foreach (var digest in (IReadOnlyList<TableDigest>[])[
                await Backup.DigestAsync(Path.Combine(In("folder-1"), "parcours.db"), isFile: true, Cancellation),
                await Backup.DigestAsync(Path.Combine(In("folder-2"), "parcours.db"), isFile: true, Cancellation),
                await Backup.DigestAsync(restored, isFile: false, Cancellation)])
            {
                Assert.Equal(source.Where(table => table.Name != "document"), digest.Where(table => table.Name != "document"));
                // One more: that sending is held.
                Assert.Equal(source.Single(table => table.Name == "document").Rows + 1, digest.Single(table => table.Name == "document").Rows);
            }

            Assert.Equal(source.Where(table => table.Name != "document").Select(table => (table.Name, table.Rows)), told.Where(table => table.Name != "document").Select(table => (table.Name, table.Rows)));
            foreach (var folder in (string[])["folder-1", "folder-2"])
            {
                Assert.Equal(["parcours.db", "parcours.lock"], Directory.GetFiles(In(folder)).Select(Path.GetFileName).Order());
                await using var store = SqliteStore.Open(In(folder));
                Assert.Equal(SendingRecord.HeldSince(Monday, SendingRecord.Restored), SendingRecord.Read((await store.Queries.DocumentAsync(DocumentKinds.Sending, SendingRecord.DocumentId, Cancellation))!.Json.Span));
            }

            await using var other = await PostgresStore.OpenAsync(restored, new() { Time = TimeProvider.System, Connections = 2 }, Cancellation);
            Assert.Equal(SendingRecord.HeldSince(Monday, SendingRecord.Restored), SendingRecord.Read((await other.Queries.DocumentAsync(DocumentKinds.Sending, SendingRecord.DocumentId, Cancellation))!.Json.Span));
        }
        finally
        {
            await PostgresServer.DropAsync(database);
            await PostgresServer.DropAsync(restored);
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_leaves_no_database()
    {
        var home = Directory.CreateTempSubdirectory("parcours-restore-").FullName;
        string In(string name) => Path.Combine(home, name);
        try
        {
            await using (var store = SqliteStore.Open(In("source"), new() { Salt = 42 })) await FillAsync(store);
            Backup.OfFolder(In("source"), In("backup"));
            var bytes = await File.ReadAllBytesAsync(In("backup"), Cancellation);
            // The head of the file and its schema are whole; of its last pages every other one is not.
            for (var at = bytes.Length * 2 / 3 / 4096 * 4096; at < bytes.Length; at += 2 * 4096) bytes.AsSpan(at, 4096).Fill(0xA5);
            await File.WriteAllBytesAsync(In("backup"), bytes, Cancellation);

            await Assert.ThrowsAsync<StoreException>(() => Backup.IntoFolderAsync(In("backup"), In("restored"), Monday, Cancellation));

            Assert.False(File.Exists(Path.Combine(In("restored"), "parcours.db")));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    /// Semantics 4.4, 5.1
    [Fact]
    public async Task What_was_known_is_known_in_the_other_store_and_what_is_new_comes_after_it()
    {
        var database = await PostgresServer.CreateDatabaseAsync();
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var store = SqliteStore.Open(folder, new() { Salt = 42 })) await FillAsync(store);
            await Backup.FolderToDatabaseAsync(folder, database, Cancellation);

            await using var other = await PostgresStore.OpenAsync(database, new() { Time = TimeProvider.System, Connections = 2 }, Cancellation);
            await using var unit = await other.BeginAsync(PartitionSet.All, Cancellation);
            List<AppendResult> results = [];
            await unit.AppendAsync([Event("bought", User("ada")) with { MessageIdHash = Hash("m1") }, Event("bought", User("ada")), Event("bought", User("grace"))], Monday + Duration.FromHours(1), results, Cancellation);

            Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Appended, AppendOutcome.Appended], results.Select(result => result.Outcome));
            Assert.Equal(results[0].Contact, results[1].Contact);
            Assert.True(results[2].Entries[0].NewContact);
            Assert.True(results[2].Contact.Number > results[1].Contact.Number);
            foreach (var state in await unit.ReadStatesAsync(Cancellation)) Assert.True(state.Cursor <= state.Tail);
        }
        finally
        {
            await PostgresServer.DropAsync(database);
            Directory.Delete(folder, recursive: true);
        }
    }

    async Task FillAsync(SqliteStore store)
    {
        await using var unit = await store.BeginAsync(PartitionSet.All, Cancellation);
        var appended = await AppendAsync(unit, Monday, Event("signed up", User("ada"), Email("ada@example.org")) with { MessageIdHash = Hash("m1"), Fingerprint = 7 }, Event("signed up", User("bob"), Anonymous("device")));
        var (ada, bob) = (appended[0].Contact, appended[1].Contact);
        await AppendAsync(unit, Monday, Event("signed up", User("ann"), Anonymous("device")));
        await unit.AppendControlAsync(PartitionSet.All, EntryKind.Control, Bytes("changed"), Monday, Cancellation);
        var writes = new WriteSet();
        foreach (var contact in (ContactId[])[ada, bob]) writes.Contacts.Add(new(contact, Bytes($"body of {contact}"), Monday, New: true));
        writes.Enrolments.Add(Waiting(ada, Welcome, Monday));
        writes.Enrolments.Add(Ended(Waiting(bob, WinBack, null), Monday));
        writes.Timeline.Add(new(ada, unit.TakeSequence(Partition.Of(ada)), Monday, Bytes("line")));
        var message = Message(unit.TakeMessageNumber(Partition.Of(ada)), ada, Welcome);
        writes.NewMessages.Add(message);
        writes.MessageUpdates.Add(new(message.Number, ada, MessageStatus.Pending, null, Monday, Monday, Monday, 1, null));
        writes.MessageReactions.Add(new(message.Number, ada, 2, 1));
        writes.SandboxMails.Add(new(message.Key, ada, Monday, "shop", "ada", "subject", "preheader", "html", "text", "{}"));
        writes.Memberships.Add(new("segment", "loyal", ada, Member: true, Monday));
        writes.Counters[new(CounterKind.Started, Welcome, 1, "", "")] = 3;
        writes.Refusals.Add(new(bob, Welcome, "start", "limit", 20_000, Monday));
        writes.RecordedEvents.Add(new(ada, unit.TakeSequence(Partition.Of(ada)), "reached", Monday, Bytes("recorded")));
        writes.Blocks.Add(new(ada, "email", "news", null, "opt-out", Monday, Lifted: false));
        writes.Blocks.Add(new(null, "email", "*", Hash("bob@example.org"), "bounced", Monday, Lifted: false) { Address = "bob@example.org", By = "eve" });
        writes.Relays.Add(new(Partition.Of(ada), bob, EntryKind.Edits, Origin.Journey, Monday, "edit", Bytes("relay")));
        writes.Commit = new(0, Monday, Monday, 1, 2, 3, 4, 5);
        writes.DeadLetters.Add(new(Partition.Of(bob), 5, Monday, "unreadable", Bytes("letter")));
        writes.NewTasks.Add(new(new(Hash("task")), ada, EnrolmentId.Of(Welcome, ada, 1), Welcome, "call", "Call", "about it", TaskKind.Call, TaskPriority.Low, Monday, "eva", "Sales", Monday, null, null, null));
        writes.NewTasks.Add(new(new(Hash("other task")), null, null, null, null, "Clean", null, TaskKind.ToDo, TaskPriority.High, null, null, null, Monday, "eva", Monday, "ian"));
        writes.Notifications.Add(new(new(Hash("told")), "eva", ada, Welcome, "tell", "Look", Monday, null));
        writes.Notifications.Add(new(new(Hash("told too")), "eva", null, null, null, "Look there", Monday, null) { Kind = NotificationKind.Alert, Code = "loop", Arguments = """{"most":"8"}""" });
        writes.MailedNotifications.Add(new("eva", new(Hash("told")), Monday));
        writes.ReadNotifications.Add(new("eva", new(Hash("told")), Monday));
        writes.Allocators.Add(new(AllocatorId.OfRate(Welcome), true, Bytes("line")));
        writes.Allocations.Add(new(AllocatorId.OfRate(Welcome), 1, AllocationStatus.Waiting, new(Hash("ask")), ada, EnrolmentId.Of(Welcome, ada, 1), Monday, null, null, null));
        writes.Alerts.Add(new(Welcome, "slow", "detail", Monday));
        await unit.WriteAsync(writes, Cancellation);
        await unit.AddCodesAsync(AllocatorId.OfPool("spring"), ["A", "B"], Monday, Cancellation);
        await unit.WriteDocumentAsync("journey", "welcome", Bytes("{}"), null, Monday, Cancellation);
        await unit.CommitAsync(Cancellation);
    }

    /// <summary>What the ports tell of a store.</summary>
    static async Task<string> AllOfAsync(string folder)
    {
        await using var store = SqliteStore.Open(folder);
        var (queries, lines) = (store.Queries, new List<string>());
        foreach (var contact in await queries.ContactsAsync(0, descending: false, 10, Cancellation))
        {
            lines.Add($"{contact.Contact} {Text(contact.Body)}");
            lines.AddRange((await queries.EnrolmentsOfAsync(contact.Contact, 10, Cancellation)).Select(row => $"{row with { Body = default }} {Text(row.Body)}"));
            lines.AddRange((await queries.TimelineAsync(contact.Contact, null, 10, Cancellation)).Select(item => $"{item.Row.Sequence} {item.Row.At} {Text(item.Row.Body)} {item.Event?.Name}"));
        }

        lines.AddRange((await queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 10, Cancellation)).Select(stored => $"{stored with { Body = default }} {Text(stored.Body)}"));
        lines.AddRange((await queries.MessagesAsync(null, null, null, null, 10, Cancellation)).Select(row => $"{row with { Data = default }} {Text(row.Data)}"));
        lines.AddRange((await queries.SandboxMailsAsync(null, null, 10, Cancellation)).Select(mail => mail.ToString()));
        lines.AddRange((await queries.MembersAsync("segment", "loyal", 0, 10, Cancellation)).Select(row => row.ToString()));
        lines.AddRange((await queries.CountersAsync(null, null, Cancellation)).Select(pair => $"{pair.Key} {pair.Value}"));
        lines.AddRange((await queries.RefusalsAsync(Welcome, null, 10, Cancellation)).Select(row => row.ToString()));
        lines.AddRange((await queries.SuppressionsAsync(null, 10, Cancellation)).Select(row => row.ToString()));
        foreach (var done in (bool[])[false, true]) lines.AddRange((await queries.TasksAsync(new(done), null, 10, Cancellation)).Select(task => task.ToString()));
        lines.AddRange((await queries.NotificationsAsync("eva", unread: false, null, 10, Cancellation)).Select(told => told.ToString()));
        lines.AddRange((await queries.AllocationsAsync(AllocatorId.OfRate(Welcome), AllocationStatus.Waiting, 0, 10, Cancellation)).Select(row => row.ToString()));
        lines.AddRange((await queries.AllocationsAsync(AllocatorId.OfPool("spring"), AllocationStatus.Free, 0, 10, Cancellation)).Select(row => row.ToString()));
        lines.AddRange((await queries.StatesAsync(Cancellation)).Select(state => state.ToString()));
        lines.AddRange((await queries.EventNamesAsync(10, Cancellation)));
        foreach (var identity in (Identity[])[User("ada"), Email("ada@example.org"), User("bob"), User("ann"), Anonymous("device")])
            lines.Add($"{identity} {await queries.ContactByIdentityAsync(identity, Cancellation)}");
        return string.Join('\n', lines);
    }
}
