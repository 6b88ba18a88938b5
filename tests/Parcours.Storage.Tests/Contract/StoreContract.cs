using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Tests.Contract;

/// <summary>A database that a contract is tried on.</summary>
public interface IStoreHarness : IAsyncDisposable
{
    /// <summary>A fresh, empty store.</summary>
    ValueTask<IStore> CreateAsync();

    /// <summary>Opens what would be left if the process died now; the store given is of no use any more.</summary>
    ValueTask<IStore> CrashAsync(IStore store);
}

/// <summary>What both stores promise, said against the ports alone. A store derives each contract with a harness of its own, in one line.</summary>
public abstract class StoreContract<THarness> : IAsyncLifetime
    where THarness : IStoreHarness, new()
{
    protected static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 9, 0);
    protected static readonly JourneyId Welcome = new("welcome"), WinBack = new("win-back");
    readonly THarness _harness = new();

    protected IStore Store { get; private set; } = null!; // Set before each test.

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await _harness.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        // Null where the test was skipped before there was a store.
        if (Store is not null) await Store.DisposeAsync();
        await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task CrashAsync() => Store = await _harness.CrashAsync(Store);

    /// <summary>One unit over all partitions, committed.</summary>
    protected async Task<T> InUnitAsync<T>(Func<IStoreUnit, Task<T>> act)
    {
        await using var unit = await Store.BeginAsync(PartitionSet.All, Cancellation);
        var result = await act(unit);
        await unit.CommitAsync(Cancellation);
        return result;
    }

    protected Task InUnitAsync(Func<IStoreUnit, Task> act) => InUnitAsync(async unit =>
    {
        await act(unit);
        return true;
    });

    protected async Task<IReadOnlyList<AppendResult>> AppendAsync(IStoreUnit unit, Instant at, params AppendItem[] items)
    {
        List<AppendResult> results = [];
        await unit.AppendAsync(items, at, results, Cancellation);
        return results;
    }

    protected Task<IReadOnlyList<AppendResult>> AppendAsync(params AppendItem[] items) => InUnitAsync(unit => AppendAsync(unit, Monday, items));

    /// <summary>Appends one item in a unit of its own.</summary>
    protected async Task<AppendResult> AppendAsync(AppendItem item) => (await AppendAsync([item]))[0];

    protected Task WriteAsync(Action<WriteSet> fill) => InUnitAsync(async unit =>
    {
        var writes = new WriteSet();
        fill(writes);
        await unit.WriteAsync(writes, Cancellation);
    });

    protected async Task<ContactId> NewContactAsync(string user) => (await AppendAsync(Event("signed up", User(user)))).Contact;

    protected async Task<ImmutableArray<ContactId>> NewContactsAsync(int count) =>
        [.. (await AppendAsync([.. Enumerable.Range(1, count).Select(i => Event("signed up", User($"user-{i}")))])).Select(result => result.Contact)];

    protected static Identity User(string value) => new(IdentityKind.UserId, value);

    protected static Identity Email(string value) => new(IdentityKind.Email, value);

    protected static Identity Phone(string value) => new(IdentityKind.Phone, value);

    protected static Identity Anonymous(string value) => new(IdentityKind.AnonymousId, value);

    protected static AppendItem Event(string name, params Identity[] identities) => new(
        null, [.. identities], SenderRights.Server, MayMergeUsers: false, null, CreatesContact: true, EntryKind.Event, Origin.Live, Monday, name, Bytes($"body of {name}"));

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    protected static Guid Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);

    protected static EnrolmentRow Waiting(ContactId contact, JourneyId journey, Instant? due, string point = "wait", TimerQueue queue = TimerQueue.Elapsed, int number = 1) => new(
        contact, journey, number, EnrolmentId.Of(journey, contact, number), 3, point, Monday, queue, due, null, Monday, null, null, 1, New: true, Bytes("state"));

    protected static EnrolmentRow Ended(EnrolmentRow waiting, Instant at) =>
        waiting with { Point = "end", Due = null, Outcome = Outcome.Completed, EndedAt = at, Why = "bought", Revision = waiting.Revision + 1, New = false };

    protected static MessageRow Message(long number, ContactId contact, JourneyId journey, Instant? notBefore = null) => new(
        number, KeyOf(number), contact, EnrolmentId.Of(journey, contact, 1), journey, 3, "mail", 1, "email", "thank-you", "offers", MessagePurpose.Marketing, "ada@example.org",
        Monday, notBefore ?? Monday, Monday + Duration.FromHours(72), MessageStatus.Pending, null, null, 0, null, null, Bytes("data"));

    protected static MessageKey KeyOf(long number) => new(Hash($"message {number}"));
}
