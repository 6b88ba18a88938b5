using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>What keeps a contact out whatever the rules of journeys say: bars from single ones (Semantics 6.15), and the archive (6.16); each may be ordered again, and changes nothing then. And what takes it away for good (12.1).</summary>
static class StandingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var one = api.MapGroup("contacts/{id:guid}").WithTags("Contacts");
        one.MapPut("bars/{journey}", BarAsync).WithName("bar-contact").WithSummary("Keeps the contact out of this journey: nothing lets it in any more, by hand neither. With {\"remove\": true} it is taken out too where it is inside.").Produces<ContactView>().Fails(400, 404, 422);
        one.MapDelete("bars/{journey}", LetInAsync).WithName("let-contact-in").WithSummary("The journey may let the contact in again. It does not come in by that.").Produces<ContactView>().Fails(404, 422);
        one.MapPut("archive", (Guid id, OptionalBody<ArchiveBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken) => ArchiveAsync(id, true, context, engine, cancellationToken))
            .WithName("archive-contact").WithSummary("Archives the contact: it is kept, but leaves every journey and segment, comes into none, and gets no marketing.").Produces<ContactView>().Fails(400, 404, 422);
        one.MapDelete("archive", (Guid id, HttpContext context, IEngine engine, CancellationToken cancellationToken) => ArchiveAsync(id, false, context, engine, cancellationToken))
            .WithName("bring-contact-back").WithSummary("Brings the contact back from the archive: segments are asked anew, and nothing starts by that.").Produces<ContactView>().Fails(404, 422);
        api.MapGet("erasures", ErasedAsync).WithName("erasures").WithTags("Contacts").WithSummary("Contacts that were erased: their ids, which lead to nobody, and when. Keep it apart from the backups: after a restore, what one from before has of them is erased again by a bulk order with these ids.").Produces<Page<ErasureView>>();
        one.MapDelete("", EraseAsync).WithName("erase-contact").WithSummary("Erases the contact for good: it leaves everything, and all that is kept of it goes (Semantics 12.1). There is no way back; figures stay, and its address hears no marketing until its owner asks for it anew.").Produces(204).Fails(404);
    }

    /// <summary>Whoever restores a backup from before erases these again (Semantics 12.2): a bulk order with their ids.</summary>
    static async Task<Page<ErasureView>> ErasedAsync([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) => page.Of(
        await engine.Queries.DocumentsAsync(DocumentKinds.Erasure, null, page.Key, page.Size + 1, cancellationToken),
        document => new ErasureView(Guid.Parse(document.Id), document.CreatedAt.ToApi()), document => document.Id);

    static async Task<IResult> EraseAsync(Guid id, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.ContactAsync(new(id), cancellationToken) is not { } contact)
            return NotFound(id);
        return await OrderAsync(engine, contact.Id, new SubmissionBody.Erase(), cancellationToken) is null ? Results.NoContent() : NotFound(id);
    }

    static async Task<IResult> BarAsync(Guid id, string journey, OptionalBody<BarBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.ContactAsync(new(id), cancellationToken) is not { } contact)
            return NotFound(id);
        if (await JourneysApi.FindAsync(engine, journey, cancellationToken) is not { } known)
            return JourneysApi.NotFound(journey);
        if (await OrderAsync(engine, contact.Id, new SubmissionBody.Received([new ContactEdit.Bar(known.Id, true)], default, null, default), cancellationToken) is { } refused)
            return refused;
        // Only now, so that nobody can come in between the two.
        if (body.Value?.Remove == true && await engine.ContactAsync(contact.Id, cancellationToken) is { } barred)
            foreach (var enrolment in barred.Enrolments)
                if (enrolment.Journey == known.Id)
                    // One that has ended meanwhile has left as well.
                    await OrderAsync(engine, barred.Id, new SubmissionBody.Remove(enrolment.Id, null, "barred"), cancellationToken);
        return await ViewAsync(contact.Id, context, engine, cancellationToken);
    }

    /// <summary>A journey that is gone may have left a bar, so it need not exist.</summary>
    static async Task<IResult> LetInAsync(Guid id, string journey, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        await ChangeAsync(id, new ContactEdit.Bar(new(journey), false), context, engine, cancellationToken);

    static async Task<IResult> ArchiveAsync(Guid id, bool on, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        await ChangeAsync(id, new ContactEdit.Archive(on), context, engine, cancellationToken);

    static async Task<IResult> ChangeAsync(Guid id, ContactEdit edit, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        await engine.ContactAsync(new(id), cancellationToken) is not { } contact ? NotFound(id)
        : await OrderAsync(engine, contact.Id, new SubmissionBody.Received([edit], default, null, default), cancellationToken) ?? await ViewAsync(contact.Id, context, engine, cancellationToken);

    /// <returns>The refusal; null: it is done.</returns>
    static async Task<IResult?> OrderAsync(IEngine engine, ContactId contact, SubmissionBody order, CancellationToken cancellationToken)
    {
        var result = await Submissions.OneAsync(engine, new Submission { Body = order, Origin = Origin.Person, Contact = contact, CreatesContact = false }, cancellationToken);
        return result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact ? Submissions.Refusal(result) : null;
    }

    static async Task<IResult> ViewAsync(ContactId id, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        await engine.ContactAsync(id, cancellationToken) is { } contact ? Results.Ok(ContactView.Of(contact, Mask.For(context.User, engine))) : NotFound(id.Value);

    static ProblemAnswer NotFound(Guid id) => new(Problems.NotFound($"contact {id}"));
}

/// <param name="Remove">Whether it is taken out where it is inside; without it, it stays until it leaves.</param>
sealed record BarBody(bool Remove = false);

/// <param name="Contact">The id that it had.</param>
sealed record ErasureView(Guid Contact, DateTimeOffset At);

/// <summary>Nothing need be said of it.</summary>
sealed record ArchiveBody;
