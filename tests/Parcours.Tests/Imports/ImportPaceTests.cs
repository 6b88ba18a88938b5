using System.Text;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Imports;
using Parcours.Journeys.Contacts;
using Parcours.Tests.Api;

namespace Parcours.Tests.Imports;

/// <summary>Semantics 2.8: an import leaves no more unprocessed than the engine lately handled in 50 ms, so a live event beside it waits milliseconds.</summary>
public sealed class ImportPaceTests : IAsyncDisposable
{
    static readonly TimeSpan Most = TimeSpan.FromMilliseconds(50);

    readonly ManualTime _time = new();
    readonly FakeEngine _engine = new();
    /// <summary>What each hand-over held, how long the engine took for a row of it, and what it had taken for one lately.</summary>
    readonly List<(int Rows, TimeSpan ARow, TimeSpan ARowBefore)> _handed = [];
    int _unprocessed, _done;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <param name="aRow">What the engine takes for a row, by how many it has had.</param>
    async Task<ImportRecord> ImportAsync(int rows, Func<int, TimeSpan> aRow)
    {
        var lately = TimeSpan.Zero;
        _engine.Answer = _ =>
        {
            // Rows that are handed over at once are unprocessed together.
            _unprocessed++;
            return new(SubmissionOutcome.Accepted, ContactId.Create(1, 0, 0), []);
        };
        var book = new ImportBook(_engine);
        var text = Encoding.UTF8.GetBytes("userId,city\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"{row},Bern\n")));
        var catalogue = await ImportCatalogue.LoadAsync(_engine, null, TestContext.Current.CancellationToken);
        var wishes = new ImportWishes();
        var file = ImportCheck.Check(new MemoryStream(text), ImportKind.Contacts, wishes, catalogue, DateTimeZone.Utc, null, null, TestContext.Current.CancellationToken);
        var record = await book.BeginAsync(
            new ImportRecord { Id = ImportBook.NewId(), Kind = ImportKind.Contacts, File = "people.csv", Wishes = wishes, Status = ImportStatus.Waiting, CreatedAt = book.Now }, file, _ => false, TestContext.Current.CancellationToken);
        var run = new ImportRun(new Paced(_engine, () =>
        {
            var now = aRow(_done);
            _handed.Add((_unprocessed, now, lately));
            _time.Pass(now * _unprocessed);
            _done += _unprocessed;
            (_unprocessed, lately) = (0, now);
        }), book, _time);
        return await run.RunAsync(record, file, () => new MemoryStream(text), catalogue, DateTimeZone.Utc, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(3)]
    public async Task No_more_is_handed_over_than_the_engine_lately_handled(double milliseconds)
    {
        var record = await ImportAsync(20_000, _ => TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal((ImportStatus.Done, 20_000), (record.Status, record.Imported));
        Assert.All(_handed.Skip(1), handed => Assert.True(handed.Rows * handed.ARowBefore <= Most, $"{handed.Rows} rows of {handed.ARowBefore.TotalMilliseconds} ms"));
        // And no fewer than it could: what is quick goes in large pieces.
        Assert.True(_handed.Max(handed => handed.Rows) >= Math.Min(ImportRun.RowsMax, 20 / milliseconds), $"{_handed.Max(handed => handed.Rows)} rows at most");
    }

    /// <summary>A journey or a segment that the rows set going makes each ten times as dear from one to the next: one hand-over is too large, and the next is not.</summary>
    [Fact]
    public async Task When_rows_become_dearer_the_very_next_hand_over_is_smaller()
    {
        await ImportAsync(20_000, done => TimeSpan.FromMilliseconds(done < 10_000 ? 0.02 : 0.2));

        Assert.All(_handed.Skip(1), handed => Assert.True(handed.Rows * handed.ARowBefore <= Most, $"{handed.Rows} rows of {handed.ARowBefore.TotalMilliseconds} ms"));
        Assert.Single(_handed, handed => handed.Rows * handed.ARow > Most);
    }

    /// <summary>An engine that says when it has handled what was handed over, and finds it all handled before anything more comes.</summary>
    sealed class Paced(FakeEngine engine, Action handled) : IEngine
    {
        public async Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, WriteBeside beside, CancellationToken cancellationToken)
        {
            var results = await engine.SubmitAsync(submissions, beside, cancellationToken);
            handled();
            return results;
        }

        public Instant Now => engine.Now;
        public bool IsReady => true;
        public string? NotReadyBecause => null;
        public bool IsVirtual => false;
        public EngineFigures Figures => engine.Figures;
        public Engine.Ports.IStoreQueries Queries => engine;
        public Engine.Catalogues.ICatalogueService Catalogue => engine.Catalogue;
        public Journeys.Plans.Catalogue Current => engine.Current;
        public PropertyRegistry Properties => engine.Properties;
        public Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken) => throw new NotSupportedException();
        public Task<T> WriteAsync<T>(Func<Engine.Ports.IStoreUnit, Instant, ValueTask<T>> write, CancellationToken cancellationToken) => engine.WriteAsync(write, cancellationToken);
        public ValueTask<Contact?> ContactAsync(ContactId contact, CancellationToken cancellationToken) => default;
        public Contact Decode(ReadOnlySpan<byte> body) => engine.Decode(body);
        public Task AdvanceToAsync(Instant to, CancellationToken cancellationToken) => Task.CompletedTask;
        public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public ValueTask DisposeAsync() => default;
    }
}
