using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;

namespace Parcours.Api;

/// <summary>Addresses that nobody writes to (Semantics 10.4): bounced, complained, unsubscribed from all, or suppressed by hand.</summary>
static class SuppressionsApi
{
    const int ReasonLengthMax = 100;

    public static void Map(RouteGroupBuilder api)
    {
        var suppressions = api.MapGroup("suppressions").WithTags("Suppressions");
        suppressions.MapGet("", ListAsync).WithName("suppressions").WithSummary("Addresses that nobody writes to, in no order that means anything; with ?address=, what stands against that one.").Produces<Page<SuppressionView>>();
        suppressions.MapPost("", PostAsync).WithName("post-suppression").WithSummary("Nobody writes to this address any more, transactional mail included; with the reason unsubscribed, no marketing.").Produces<SuppressionView>(201).Fails(400);
        suppressions.MapDelete("{id}", DeleteAsync).WithName("delete-suppression").WithSummary("The address may be written to again. What its contact refused stays refused.").Produces(204).Fails(404);
    }

    static async Task<IResult> ListAsync([AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken, string? address = null)
    {
        var mask = Mask.For(user, engine);
        if (address is null)
            return Results.Ok(page.Of(await engine.Queries.SuppressionsAsync(Cursor(page), page.Size + 1, cancellationToken), row => SuppressionView.Of(row, mask), SuppressionView.IdOf));
        var found = new List<SuppressionRow>();
        foreach (var kind in new[] { IdentityKind.Email, IdentityKind.Phone })
            if (IdentityForms.Normalise(new(kind, address)) is { } normal)
                found.AddRange(await engine.Queries.SuppressionsOfAsync(EntryMaker.HashOf(normal.Value), cancellationToken));
        return Results.Ok(new Page<SuppressionView>([.. found.Select(row => SuppressionView.Of(row, mask))], null));
    }

    static (Guid, string)? Cursor(PageQuery page) => page.Key is not { } key ? null : SuppressionView.Parse(key)
        ?? throw new BadInputException(Problems.Invalid("page.cursor", "after", "This cursor is not one of ours; take `next` of the page before as it is."));

    static List<ProblemReason> Judge(SuppressionBody order)
    {
        var reasons = new List<ProblemReason>();
        if (Kind(order.Channel) is not { } kind)
            reasons.Add(new("suppression.channel", "/channel", "A channel is one of email, sms, whatsapp."));
        else if (IdentityForms.Normalise(new(kind, order.Address)) is null)
            reasons.Add(new("suppression.address", "/address", kind == IdentityKind.Email ? "This is no e-mail address." : "This is no telephone number with its country code."));
        if (order.Reason?.Trim().Length is 0 or > ReasonLengthMax)
            reasons.Add(new("suppression.reason", "/reason", $"A reason has 1 to {ReasonLengthMax} characters."));
        return reasons;
    }

    static async Task<IResult> PostAsync(JudgedBody<SuppressionBody> body, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        var order = await body.JudgedAsync(Judge);
        var address = IdentityForms.Normalise(new(Kind(order.Channel)!.Value, order.Address))!.Value;
        var hash = EntryMaker.HashOf(address.Value);
        var block = new BlockRow(null, order.Channel, "*", hash, order.Reason?.Trim() ?? "by hand", default, Lifted: false) { Address = address.Value, By = user.Identity?.Name };
        await WriteAsync(engine, block, cancellationToken);
        if (block.Reason != BlockRow.Unsubscribed)
            await TellContactAsync(engine, address, isSuppressed: true);
        var row = (await engine.Queries.SuppressionsOfAsync(hash, cancellationToken)).First(found => found.Channel == order.Channel);
        return Results.Created((string?)null, SuppressionView.Of(row, Mask.For(user, engine)));
    }

    static async Task<IResult> DeleteAsync(string id, IEngine engine, CancellationToken cancellationToken)
    {
        if (SuppressionView.Parse(id) is not var (hash, channel) || (await engine.Queries.SuppressionsOfAsync(hash, cancellationToken)).FirstOrDefault(row => row.Channel == channel) is not { } found)
            return new ProblemAnswer(Problems.NotFound($"suppression {id}"));
        if (found.Address is { } address && Kind(channel) is { } kind)
            await TellContactAsync(engine, new(kind, address), isSuppressed: false);
        await WriteAsync(engine, new(null, channel, "*", hash, "lifted", default, Lifted: true), cancellationToken);
        return Results.NoContent();
    }

    static IdentityKind? Kind(string channel) => channel switch
    {
        "email" => IdentityKind.Email,
        "sms" or "whatsapp" => IdentityKind.Phone,
        _ => null,
    };

    static async Task WriteAsync(IEngine engine, BlockRow block, CancellationToken cancellationToken) => await engine.WriteAsync(
        async (unit, now) =>
        {
            var writes = new WriteSet();
            writes.Blocks.Add(block with { At = now });
            await unit.WriteAsync(writes, CancellationToken.None);
            return true;
        },
        cancellationToken);

    /// <summary>The block holds for everybody; the contact that has the address now knows it too, so that its journeys skip with the reason.</summary>
    static async Task TellContactAsync(IEngine engine, Identity address, bool isSuppressed)
    {
        if (await engine.Queries.ContactByIdentityAsync(address, CancellationToken.None) is { } contact)
            await engine.SubmitAsync(
                [new Submission { Body = new SubmissionBody.Received([new ContactEdit.Suppress(address.Value, isSuppressed)], default, null, default), Origin = Origin.Person, Contact = contact, CreatesContact = false }],
                CancellationToken.None);
    }
}

/// <param name="Address">An e-mail address, or a telephone number with its country code.</param>
/// <param name="Channel">email, sms or whatsapp.</param>
/// <param name="Reason">Why, in your words; <c>unsubscribed</c> stops marketing alone.</param>
sealed record SuppressionBody(string Address, string Channel = "email", string? Reason = null);

/// <param name="Address">Null where only its hash is known.</param>
/// <param name="By">Who ordered it by hand; null: its owner or its mailbox did.</param>
sealed record SuppressionView(string Id, string Channel, string? Address, string Reason, string? By, DateTimeOffset At)
{
    public static SuppressionView Of(SuppressionRow row, Mask mask) =>
        new(IdOf(row), row.Channel, row.Address is { } address ? mask.Address(row.Channel, address) : null, row.Reason, row.By, row.At.ToApi());

    public static string IdOf(SuppressionRow row) => $"{row.Hash:N}.{row.Channel}";

    public static (Guid Hash, string Channel)? Parse(string id) =>
        id.Split('.') is [var hash, var channel] && Guid.TryParseExact(hash, "N", out var known) ? (known, channel) : null;
}
