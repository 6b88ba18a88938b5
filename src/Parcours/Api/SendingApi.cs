using System.ComponentModel;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Whether anything leaves: held after a restore, or because somebody said so, until somebody lets it go (Semantics 12.3).</summary>
static class SendingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var sending = api.MapGroup("sending").WithTags("System");
        sending.MapGet("", async (IEngine engine, CancellationToken cancellationToken) => await SendingView.OfAsync(engine.Queries, cancellationToken))
            .WithName("sending").WithSummary("Whether messages leave, since when, why not, and how many wait.").Produces<SendingView>();
        sending.MapPost("hold", (HttpContext context, IEngine engine, CancellationToken cancellationToken) => AnswerAsync(context, engine, engine.Catalogue.HoldSendingAsync(cancellationToken), cancellationToken))
            .WithName("hold-sending").WithSummary("Hands nothing to any provider from here on; messages are decided and wait. What a provider has already is finished.").Produces<SendingView>().Produces<SendingView>(202).Fails(422).RequireAuthorization(Access.Admin);
        sending.MapPost("release", (HttpContext context, IEngine engine, CancellationToken cancellationToken, [Description("What waits by now is skipped, with the reason discarded, and only what is decided later leaves.")] bool discard = false) =>
                AnswerAsync(context, engine, engine.Catalogue.ReleaseSendingAsync(discard, cancellationToken), cancellationToken))
            .WithName("release-sending").WithSummary("Lets messages leave again.").Produces<SendingView>().Produces<SendingView>(202).Fails(422).RequireAuthorization(Access.Admin);
    }

    static async Task<IResult> AnswerAsync(HttpContext context, IEngine engine, Task<CatalogueAnswer> ordered, CancellationToken cancellationToken) =>
        await (await ordered).ToResultAsync(context, Precondition.Of(context.Request), "sending", async (_, _) => await SendingView.OfAsync(engine.Queries, cancellationToken));
}

/// <param name="Held">Messages are decided and wait.</param>
/// <param name="Since">Since when it is so; null: nobody has ever held it.</param>
/// <param name="Why">restored: a backup was restored, and what was sent since it was made is not known; ordered: somebody said so. Null: it is not held.</param>
/// <param name="Waiting">Messages decided and not settled; those that wait for their time among them.</param>
sealed record SendingView(bool Held, DateTimeOffset? Since, string? Why, long Waiting)
{
    public static async ValueTask<SendingView> OfAsync(IStoreQueries queries, CancellationToken cancellationToken)
    {
        var record = await SendingAsync(queries, cancellationToken);
        var waiting = await SumAsync(CounterKind.MessageDecided) - await SumAsync(CounterKind.MessageSettled);
        return new(record is { Held: true }, record?.At.ToApi(), record is { Held: true } ? record.Why : null, Math.Max(0, waiting));

        async ValueTask<long> SumAsync(CounterKind kind) => (await queries.CountersAsync(kind, null, cancellationToken)).Values.Sum();
    }

    public static async ValueTask<SendingRecord?> SendingAsync(IStoreQueries queries, CancellationToken cancellationToken) =>
        await queries.DocumentAsync(DocumentKinds.Sending, SendingRecord.DocumentId, cancellationToken) is { } document ? SendingRecord.Read(document.Json.Span) : null;
}
