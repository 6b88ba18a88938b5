using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>Contacts: found, made, changed, merged; their timeline, enrolments and messages.</summary>
static class ContactsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("contacts").WithTags("Contacts");
        contacts.MapGet("", ListAsync).WithName("contacts").WithSummary("Contacts, newest first; or the one that has this userId, email, phone or anonymousId.").Produces<Page<ContactView>>();
        contacts.MapPost("", PostAsync).WithName("post-contact").WithSummary("Creates a contact, or changes the one that these identities name. Taken or refused whole.").Produces<ContactView>().Produces<ContactView>(201).Fails(400, 413, 422);
        var one = contacts.MapGroup("{id:guid}");
        one.MapGet("", GetAsync).WithName("contact").WithSummary("A contact as it is now; of a merged one, the contact that absorbed it.").Produces<ContactView>().Fails(404);
        one.MapPatch("", PatchAsync).WithName("patch-contact").WithSummary("Changes properties, tags, lists, consents; adds identities. Taken or refused whole.").Produces<ContactView>().Fails(400, 404, 413, 422);
        one.MapGet("events", TimelineAsync).WithName("contact-events").WithSummary("The contact's timeline, newest first: events, changes, points passed.").Produces<Page<TimelineView>>().Fails(404);
        one.MapGet("enrolments", EnrolmentsAsync).WithName("contact-enrolments").WithSummary("The contact's enrolments, newest first.").Produces<IReadOnlyList<EnrolmentView>>().Fails(404);
        one.MapPost("enrolments/{enrolment:guid}/remove", RemoveAsync).WithName("remove-enrolment").WithSummary("Takes the contact out of a journey; refused if it has gone on since the revision that you saw.").Produces<IReadOnlyList<EnrolmentView>>().Fails(400, 404, 422);
        one.MapPost("enrolments/{enrolment:guid}/move", MoveAsync).WithName("move-enrolment").WithSummary("Moves the contact to another point; refused, with where it is now, if it has gone on (Semantics 8.7).").Produces<IReadOnlyList<EnrolmentView>>().Fails(400, 404, 422);
        one.MapGet("messages", MessagesAsync).WithName("contact-messages").WithSummary("The contact's messages, newest first.").Produces<Page<MessageView>>().Fails(404);
        one.MapPost("merge", MergeAsync).WithName("merge-contacts").WithSummary("Merges another contact into this one (Semantics 4.5). There is no way back.").Produces<ContactView>().Fails(400, 404, 422);
    }

    static async Task<Page<ContactView>> ListAsync([AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken, string? userId = null, string? email = null, string? phone = null, string? anonymousId = null)
    {
        var mask = Mask.For(user, engine);
        var names = new ContactBody { UserId = userId, Email = email, Phone = phone, AnonymousId = anonymousId };
        if (ContactNames.Identities(names) is [_, ..] identities)
            return new(await FindAsync(engine, identities, cancellationToken) is { } found ? [ContactView.Of(found, mask)] : [], null);

        var rows = await engine.Queries.ContactsAsync(page.Number ?? long.MaxValue, descending: true, page.Size + 1, cancellationToken);
        // Of one that was merged the winner is shown, in its own place only.
        var views = rows.Take(page.Size).Select(row => engine.Decode(row.Body.Span)).Where(static contact => contact.MergedInto is null).Select(contact => ContactView.Of(contact, mask)).ToList();
        return new(views, rows.Count > page.Size ? PageQuery.Cursor(rows[page.Size - 1].Contact.Number.ToString(CultureInfo.InvariantCulture)) : null);
    }

    static async Task<Contact?> FindAsync(IEngine engine, ImmutableArray<Identity> identities, CancellationToken cancellationToken)
    {
        foreach (var identity in identities)
            if (await engine.Queries.ContactByIdentityAsync(identity, cancellationToken) is { } id)
                return await engine.ContactAsync(id, cancellationToken);
        return null;
    }

    static async Task<IResult> GetAsync(Guid id, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken) =>
        await engine.ContactAsync(new(id), cancellationToken) is { } contact ? Results.Ok(ContactView.Of(contact, Mask.For(user, engine))) : NotFound(id);

    static async Task<IResult> PostAsync(JudgedBody<ContactBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        var order = await ReadAsync(engine, body, cancellationToken);
        var names = ContactNames.Identities(order);
        if (names.IsEmpty)
            throw new BadInputException(Problems.Invalid("contact.unnamed", "", "A contact needs an identity: userId, email, phone or anonymousId."));
        var before = await FindAsync(engine, names, cancellationToken);
        return await ChangeAsync(engine, context, order, null, names, before is null, cancellationToken);
    }

    static Task<ContactBody> ReadAsync(IEngine engine, JudgedBody<ContactBody> body, CancellationToken cancellationToken) =>
        body.ReadAsync(async rest => [.. ContactNames.Wrong(rest), .. await ContactOrders.CheckAsync(engine, rest, cancellationToken)]);

    static async Task<IResult> PatchAsync(Guid id, JudgedBody<ContactBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        var order = await ReadAsync(engine, body, cancellationToken);
        return await engine.ContactAsync(new(id), cancellationToken) is { } contact
            ? await ChangeAsync(engine, context, order, contact.Id, ContactNames.Identities(order), false, cancellationToken)
            : NotFound(id);
    }

    static async Task<IResult> ChangeAsync(IEngine engine, HttpContext context, ContactBody body, ContactId? id, ImmutableArray<Identity> names, bool creates, CancellationToken cancellationToken)
    {
        if (await ContactOrders.CheckAsync(engine, body, cancellationToken) is { Count: > 0 } reasons)
            return new ProblemAnswer(Problems.Refused(reasons));
        var traits = body.Properties is { Count: > 0 } properties ? JsonSerializer.SerializeToUtf8Bytes(properties) : [];
        var result = await Submissions.OneAsync(engine, new Submission
        {
            Body = new SubmissionBody.Received(ContactOrders.Edits(body), traits, null, default),
            Origin = Origin.Person,
            Contact = id,
            Identities = names,
            CreatesContact = id is null,
            MessageId = Idempotency.MessageId(context),
        }, cancellationToken);
        if (result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact)
            return result.Outcome == SubmissionOutcome.Refused ? Submissions.Refusal(result) : new ProblemAnswer(Problems.NotFound("such contact"));
        var contact = await engine.ContactAsync(result.Contact, cancellationToken);
        if (contact is null)
            return new ProblemAnswer(Problems.NotFound("such contact"));
        var view = ContactView.Of(contact, Mask.For(context.User, engine)) with { Warnings = result.Refusals.IsEmpty ? null : [.. result.Refusals.Select(refusal => new ProblemReason(refusal.Code, "", refusal.Text) { Severity = "warning" })] };
        return creates ? Results.Created($"/api/v1/contacts/{contact.Id}", view) : Results.Ok(view);
    }

    static async Task<IResult> TimelineAsync(Guid id, [AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.ContactAsync(new(id), cancellationToken) is not { } contact)
            return NotFound(id);
        var items = await engine.Queries.TimelineAsync(contact.Id, page.Number, page.Size + 1, cancellationToken);
        var mask = Mask.For(user, engine);
        return Results.Ok(page.Of(items, item => TimelineReading.View(item, contact, mask), item => item.Row.Sequence.ToString(CultureInfo.InvariantCulture)));
    }

    static async Task<IResult> EnrolmentsAsync(Guid id, [AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken) =>
        await engine.ContactAsync(new(id), cancellationToken) is { } contact ? Results.Ok(await ReadEnrolmentsAsync(engine, contact.Id, Mask.For(user, engine), page.Size, cancellationToken)) : NotFound(id);

    static async Task<IReadOnlyList<EnrolmentView>> ReadEnrolmentsAsync(IEngine engine, ContactId contact, Mask mask, int limit, CancellationToken cancellationToken)
    {
        var views = new List<EnrolmentView>();
        foreach (var row in await engine.Queries.EnrolmentsOfAsync(contact, limit, cancellationToken))
        {
            var until = row.Outcome is null && await engine.Catalogue.JourneyAsync(row.Journey, cancellationToken) is { } journey ? JourneysApi.Due(row, journey.Dials) : null;
            views.Add(new(row.Id.Value, row.Journey.Value, row.Version, row.Number, row.Point, row.Since.ToApi(), until.ToApi(), row.StartedAt.ToApi(), row.EndedAt.ToApi(), row.Outcome, mask.Reason(row.Outcome?.ToString(), row.Why), row.Revision));
        }

        return views;
    }

    static Task<IResult> RemoveAsync(Guid id, Guid enrolment, Body<RemoveBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        ActAsync(id, enrolment, context, engine, seen => new SubmissionBody.Remove(new(enrolment), body.Value.Revision ?? seen, body.Value.Why, body.Value.Bar), cancellationToken);

    static Task<IResult> MoveAsync(Guid id, Guid enrolment, Body<MoveBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        ActAsync(id, enrolment, context, engine, seen => new SubmissionBody.Move(new(enrolment), body.Value.Point, body.Value.Revision ?? seen), cancellationToken);

    static async Task<IResult> ActAsync(Guid id, Guid enrolment, HttpContext context, IEngine engine, Func<int?, SubmissionBody> order, CancellationToken cancellationToken)
    {
        if (await engine.ContactAsync(new(id), cancellationToken) is not { } contact)
            return NotFound(id);
        if ((await engine.Queries.EnrolmentsOfAsync(contact.Id, 1_000, cancellationToken)).All(row => row.Id.Value != enrolment))
            return new ProblemAnswer(Problems.NotFound($"enrolment {enrolment} of this contact"));
        var seen = Precondition.Of(context.Request);
        var result = await Submissions.OneAsync(engine, new Submission { Body = order(seen.Revision is { } revision ? (int)revision : null), Origin = Origin.Person, Contact = contact.Id, CreatesContact = false, MessageId = Idempotency.MessageId(context) }, cancellationToken);
        return result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact
            ? Submissions.Refusal(result)
            : Results.Ok(await ReadEnrolmentsAsync(engine, contact.Id, Mask.For(context.User, engine), 50, cancellationToken));
    }

    static async Task<IResult> MessagesAsync(Guid id, [AsParameters] PageQuery page, ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.ContactAsync(new(id), cancellationToken) is not { } contact)
            return NotFound(id);
        var rows = await engine.Queries.MessagesAsync(null, contact.Id, null, page.Number, page.Size + 1, cancellationToken);
        var kept = await engine.Queries.InSandboxAsync(
            [.. rows.Where(static row => row.Channel == "email" && row.Status is not (MessageStatus.Pending or MessageStatus.Skipped or MessageStatus.Cancelled)).Select(static row => row.Key)], cancellationToken);
        return Results.Ok(page.Of(rows, row => MessageView.Of(row, Mask.For(user, engine)) with { InSandbox = kept.Contains(row.Key) }, row => row.Number.ToString(CultureInfo.InvariantCulture)));
    }

    static async Task<IResult> MergeAsync(Guid id, Body<MergeBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.ContactAsync(new(id), cancellationToken) is not { } winner)
            return NotFound(id);
        if (await engine.ContactAsync(new(body.Value.Loser), cancellationToken) is not { } loser)
            return new ProblemAnswer(Problems.Invalid("merge.unknown", "/loser", "There is no such contact."));
        if (loser.Id == winner.Id)
            return new ProblemAnswer(Problems.Invalid("merge.same", "/loser", "These two are one contact already."));
        var take = body.Value.Take ?? [];
        if (take.Index().Where(name => loser.Property(name.Item).IsNone).ToList() is { Count: > 0 } missing)
            return new ProblemAnswer(Problems.Invalid([.. missing.Select(name => new ProblemReason("merge.take", $"/take/{name.Index}", $"The other contact has no property '{name.Item}'.") { Arguments = new Dictionary<string, string> { ["name"] = name.Item } })]));
        var message = Idempotency.MessageId(context);
        var results = await engine.SubmitAsync([.. Taken(winner, loser, take, message), new Submission { Body = new SubmissionBody.Merge(loser.Id), Origin = Origin.Person, Contact = winner.Id, CreatesContact = false, MessageId = message }], cancellationToken);
        if (results.FirstOrDefault(static result => result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact) is { } refused)
            return Submissions.Refusal(refused);
        return await engine.ContactAsync(winner.Id, cancellationToken) is { } now ? Results.Ok(ContactView.Of(now, Mask.For(context.User, engine))) : NotFound(id);
    }

    /// <summary>Semantics 4.6: a person who merges chooses the values; they are this contact's own before the other comes.</summary>
    static IEnumerable<Submission> Taken(Contact winner, Contact loser, IReadOnlyList<string> names, string? message) => names.Count == 0 ? [] :
    [
        new()
        {
            Body = new SubmissionBody.Received([.. names.Distinct(StringComparer.Ordinal).Select(name => new ContactEdit.SetProperty(name, loser.Property(name)))], default, null, default), Origin = Origin.Person, Contact = winner.Id,
            CreatesContact = false, MessageId = message is null ? null : message + "/take",
        },
    ];

    static ProblemAnswer NotFound(Guid id) => new(Problems.NotFound($"contact {id}"));
}

/// <summary>What a contact is made of, or what changes of one.</summary>
sealed record ContactBody : IContactNames
{
    Guid? IContactNames.Contact => null;
    public string? UserId { get; init; }
    public string? Email { get; init; }
    /// <summary>With its country code (E.164).</summary>
    public string? Phone { get; init; }
    public string? AnonymousId { get; init; }
    /// <summary>By name; null clears one.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }
    public NamesBody? Tags { get; init; }
    public NamesBody? Lists { get; init; }
    public IReadOnlyList<ConsentBody>? Consents { get; init; }
}

sealed record NamesBody(IReadOnlyList<string>? Add = null, IReadOnlyList<string>? Remove = null);

/// <param name="Channel">email, sms or whatsapp.</param>
/// <param name="Topic">A topic's name, or <c>*</c> for all.</param>
sealed record ConsentBody(string Channel, string Topic, ConsentState State);

/// <param name="Bar">Whether the contact is kept out of the journey from now on.</param>
sealed record RemoveBody(int? Revision = null, string? Why = null, bool Bar = false);

/// <param name="Revision">The enrolment's as you saw it; or send it as If-Match.</param>
sealed record MoveBody(string Point, int? Revision = null);

/// <param name="Loser">The contact that ends; all it has becomes this one's.</param>
/// <param name="Take">Properties of which this contact takes the other's value; of the rest it keeps its own, and gaps are filled.</param>
sealed record MergeBody(Guid Loser, IReadOnlyList<string>? Take = null);
