using System.Text;
using NodaTime;
using Parcours.Bench.Reference;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite;

namespace Parcours.Bench.Engine;

/// <summary>Engine and SQLite store in this process, on the world's clock, with the reference journey live and a channel that takes all.</summary>
sealed class EngineUnderTest : IAsyncDisposable
{
    static readonly JourneyId Reference = new("reference");
    readonly SqliteStore _store;
    readonly JourneyEngine _engine;

    EngineUnderTest(SqliteStore store, JourneyEngine engine, CountingChannel mail) => (_store, _engine, Mail) = (store, engine, mail);

    public CountingChannel Mail { get; }
    public EngineFigures Figures => _engine.Figures;

    public static async Task<EngineUnderTest> StartAsync(string folder, bool returning, CancellationToken cancellationToken)
    {
        var store = SqliteStore.Open(folder, new SqliteStoreOptions { Salt = 0x5EED });
        var mail = new CountingChannel();
        var engine = await JourneyEngine.StartAsync(store, new EngineOptions(), [mail], TimeProvider.System, null, cancellationToken);
        var catalogue = engine.Catalogue;
        Must(await catalogue.SaveAsync("topic", "bench", Documents.Topic, null, cancellationToken));
        Must(await catalogue.SaveAsync("content", "welcome", Documents.Content, null, cancellationToken));
        Must(await catalogue.SaveJourneyAsync(Reference, Documents.Journey(returning), null, cancellationToken));
        Must(await catalogue.PublishJourneyAsync(Reference, null, cancellationToken));
        return new EngineUnderTest(store, engine, mail);
    }

    /// <summary>Sends one event for each of the numbers, in batches, from several callers, as fast as they are acknowledged.</summary>
    public async Task SubmitAsync(People people, string @event, long count, Func<long, long> numberAt, int batch, int callers, CancellationToken cancellationToken)
    {
        var taken = 0L;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync, cancellationToken)));

        async Task CallAsync()
        {
            while (Interlocked.Add(ref taken, batch) - batch is var first && first < count)
            {
                var results = await _engine.SubmitAsync(Make(people, @event, first, Math.Min(batch, count - first), numberAt), cancellationToken);
                if (results.Any(result => result.Outcome != SubmissionOutcome.Accepted || !result.Refusals.IsEmpty))
                    throw new InvalidOperationException("The engine did not take all of a batch.");
            }
        }
    }

    public static List<Submission> Make(People people, string @event, long first, long count, Func<long, long> numberAt)
    {
        var submissions = new List<Submission>((int)count);
        for (var place = first; place < first + count; place++)
        {
            var number = numberAt(place);
            submissions.Add(new Submission
            {
                Identities = [new(IdentityKind.UserId, people.UserOf(number))],
                Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes(People.TraitsOf(number)), @event, default),
                MessageId = people.MessageOf(number),
            });
        }

        return submissions;
    }

    /// <summary>Enrolments that have ended so far.</summary>
    public async ValueTask<long> EndedAsync(CancellationToken cancellationToken) =>
        (await _engine.Queries.CountersAsync(CounterKind.Ended, Reference, cancellationToken)).Values.Sum();

    static void Must(CatalogueAnswer answer)
    {
        if (answer is CatalogueAnswer.Refused refused)
            throw new InvalidOperationException(string.Join("; ", refused.Problems.Select(problem => $"{problem.Code} {problem.Path} {problem.Text}")));
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
    }
}
