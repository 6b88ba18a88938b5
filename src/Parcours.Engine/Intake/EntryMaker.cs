using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Intake;

/// <summary>A submission made ready for the journal: the item, and what of it was not taken.</summary>
/// <param name="OptOuts">Refusals of consent in it: they are blocked in the transaction that acknowledges them (Semantics 10.3).</param>
/// <param name="Names">Names of properties seen here for the first time.</param>
public sealed record MadeEntry(AppendItem Item, ImmutableArray<Refusal> Refusals, ImmutableArray<ContactEdit.SetConsent> OptOuts, ImmutableArray<string> Names)
{
    /// <summary>What the item's body says, so that who works on it at once need not read it; null: it is to be read.</summary>
    public EntryBody? Body { get; init; }

    /// <summary>The address that is suppressed with it, likewise in the transaction that acknowledges (Semantics 10.3, 10.4); null: none.</summary>
    public Suppression? Suppresses { get; init; }
}

/// <summary>Nobody writes to this address on this channel any more.</summary>
/// <param name="Reason"><see cref="BlockRow.Unsubscribed"/> stops marketing alone; <c>bounced</c>, <c>complained</c> and others stop everything.</param>
public sealed record Suppression(string Channel, string Address, string Reason);

/// <summary>Turns submissions into journal items: identities normalised, times corrected, values typed, rights of the sender kept.</summary>
public sealed class EntryMaker
{
    readonly EntryCodec _codec = new();

    /// <summary>How far in the future an event may lie (Semantics 2.2).</summary>
    static readonly Duration FutureMax = Duration.FromHours(24);

    public MadeEntry Make(Submission submission, Instant receivedAt, PropertyRegistry registry, int knownNames)
    {
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        var names = ImmutableArray.CreateBuilder<string>();
        var edits = ImmutableArray.CreateBuilder<ContactEdit>();
        var identities = ImmutableArray.CreateBuilder<Identity>();
        foreach (var identity in submission.Identities)
            Add(identity, identities, refusals);
        var optOuts = ImmutableArray<ContactEdit.SetConsent>.Empty;
        Suppression? suppresses = null;
        EntryKind kind;
        string? name = null;
        EntryBody body;
        switch (submission.Body)
        {
            case SubmissionBody.Received received:
                foreach (var edit in received.Edits)
                    if (Allowed(edit, submission.Rights, registry, refusals))
                        edits.Add(edit);
                if (!received.Traits.IsEmpty)
                    ReadTraits(received.Traits, submission, registry, knownNames, edits, identities, refusals, names);
                kind = received.Event is null ? EntryKind.Edits : EntryKind.Event;
                name = received.Event;
                optOuts = [.. edits.OfType<ContactEdit.SetConsent>().Where(consent => consent.State == ConsentState.Refused)];
                body = new EntryBody.Received(edits.ToImmutable(), received.Properties, submission.MessageId, submission.StartsJourneys);
                break;
            case SubmissionBody.Alias:
                kind = EntryKind.Edits;
                body = new EntryBody.Received([], default, submission.MessageId, submission.StartsJourneys);
                break;
            case SubmissionBody.Enrol enrol:
                kind = EntryKind.Enrol;
                body = new EntryBody.Enrol(enrol.Journey, enrol.Data, enrol.EventKey);
                break;
            case SubmissionBody.Remove remove:
                kind = EntryKind.Remove;
                body = new EntryBody.Remove(remove.Enrolment, remove.Revision, remove.Why, remove.Bars);
                break;
            case SubmissionBody.Move move:
                kind = EntryKind.Move;
                body = new EntryBody.Move(move.Enrolment, move.Point, move.Revision);
                break;
            case SubmissionBody.PutBack order:
                kind = EntryKind.PutBack;
                body = new EntryBody.PutBack(order.Enrolment, order.Revision, order.Newest);
                break;
            case SubmissionBody.Merge merge:
                kind = EntryKind.Merge;
                var winner = submission.Contact ?? throw new ArgumentException("A merge names its winner by id.", nameof(submission));
                return new(Item(submission with { Contact = merge.Loser }, [], kind, null, MergeBody.Of(winner), receivedAt, creates: false), refusals.ToImmutable(), [], []);
            case SubmissionBody.Erase:
                kind = EntryKind.Erase;
                body = new EntryBody.Erase();
                break;
            case SubmissionBody.Resend resend:
                kind = EntryKind.Resend;
                body = new EntryBody.Resend(submission.About?.Enrolment ?? default, resend.Message);
                break;
            case SubmissionBody.Feedback feedback:
                kind = EntryKind.MessageFeedback;
                body = new EntryBody.Feedback(submission.About?.Enrolment ?? default, feedback.Message, submission.About?.Number ?? 0, feedback.Kind, feedback.Link, feedback.Detail);
                if (submission.About is { } about)
                {
                    if (feedback.Kind == FeedbackKind.Unsubscribed && (feedback.Detail ?? about.Topic) is { Length: > 0 } topic)
                        optOuts = [new(about.Channel, topic, ConsentState.Refused)];
                    if (about.Address is { } address && ReasonOf(feedback) is { } reason)
                        suppresses = new(about.Channel, address, reason);
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException($"{submission.Body.GetType().Name} is no submission that the journal knows.");
        }

        var item = Item(submission, Distinct(identities), kind, name, _codec.Encode(body), receivedAt, submission.CreatesContact);
        return new(item, refusals.ToImmutable(), optOuts, names.ToImmutable()) { Body = Own(body), Suppresses = suppresses };
    }

    /// <summary>What is kept beyond the call must not hold the sender's buffer.</summary>
    static EntryBody Own(EntryBody body) => body is EntryBody.Received { Properties: { IsEmpty: false } sent } received ? received with { Properties = sent.ToArray() } : body;

    /// <summary>Why the address of a message is not written to again; null: it may be (Semantics 10.4).</summary>
    internal static string? ReasonOf(SubmissionBody.Feedback feedback) => feedback.Kind switch
    {
        FeedbackKind.Bounced => "bounced",
        FeedbackKind.Complained => "complained",
        FeedbackKind.Unsubscribed when feedback.Detail == "*" => BlockRow.Unsubscribed,
        _ => null,
    };

    static AppendItem Item(Submission submission, ImmutableArray<Identity> identities, EntryKind kind, string? name, ReadOnlyMemory<byte> body, Instant receivedAt, bool creates)
    {
        var hash = submission.MessageId is { Length: > 0 } id ? HashOf(id) : (Guid?)null;
        return new(
            submission.Contact, identities, submission.Rights, submission.Body is SubmissionBody.Alias && submission.Rights == SenderRights.Server,
            hash, creates && submission.Contact is null, kind, submission.Origin, OccurredAt(submission, receivedAt), name, body)
        {
            Fingerprint = hash is null ? 0 : Fingerprint.Of(submission.Contact, identities, kind, name, body.Span),
        };
    }

    /// <summary>The 128 bits by which a message id is recognised (Semantics 5.1).</summary>
    public static Guid HashOf(string messageId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashes.Sha256(messageId, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The sender's time, corrected by its clock (Semantics 1.2); clamped when it lies more than 24 h ahead (2.2).</summary>
    public static Instant OccurredAt(Submission submission, Instant receivedAt)
    {
        if (submission.Timestamp is not { } timestamp)
            return receivedAt;
        var occurred = submission.SentAt is { } sentAt ? receivedAt - (sentAt - timestamp) : timestamp;
        return occurred > receivedAt + FutureMax ? receivedAt : occurred.Truncate();
    }

    static ImmutableArray<Identity> Distinct(ImmutableArray<Identity>.Builder identities)
    {
        identities.Sort((left, right) => left.Kind.CompareTo(right.Kind));
        for (var index = identities.Count - 1; index > 0; index--)
            if (identities.IndexOf(identities[index]) < index)
                identities.RemoveAt(index);
        return identities.ToImmutable();
    }

    static void Add(Identity identity, ImmutableArray<Identity>.Builder identities, ImmutableArray<Refusal>.Builder refusals)
    {
        if (IdentityForms.Normalise(identity) is { } normal)
            identities.Add(normal);
        else
            refusals.Add(new("identity.invalid", $"'{identity.Value}' is no {Named(identity.Kind)}; it was not taken as an identity."));
    }

    static string Named(IdentityKind kind) => kind switch
    {
        IdentityKind.Email => "e-mail address",
        IdentityKind.Phone => "telephone number with its country code (E.164)",
        IdentityKind.UserId => "user id",
        _ => "anonymous id",
    };

    /// <summary>A public key sets open properties only; no tags, lists or consents (Semantics 4.3).</summary>
    static bool Allowed(ContactEdit edit, SenderRights rights, PropertyRegistry registry, ImmutableArray<Refusal>.Builder refusals)
    {
        if (rights == SenderRights.Server)
            return true;
        if (edit is ContactEdit.SetProperty set && registry.Definitions.TryGetValue(set.Name, out var definition) && definition.Public)
            return true;
        refusals.Add(new("rights.public", edit is ContactEdit.SetProperty property
            ? $"Property '{property.Name}' is not open to public keys; send it with a server key, or mark it public."
            : "A public key sets no tags, lists or consents; send them with a server key."));
        return false;
    }

    static void ReadTraits(ReadOnlyMemory<byte> json, Submission submission, PropertyRegistry registry, int knownNames, ImmutableArray<ContactEdit>.Builder edits,
        ImmutableArray<Identity>.Builder identities, ImmutableArray<Refusal>.Builder refusals, ImmutableArray<string>.Builder names)
    {
        var (editsBefore, identitiesBefore, namesBefore) = (edits.Count, identities.Count, names.Count);
        try
        {
            using var traits = JsonDocument.Parse(json);
            ReadTraits(traits.RootElement, "", submission, registry, knownNames, edits, identities, refusals, names);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // One sender's bad text (half of a surrogate pair is valid JSON, and no text) must not stop what came with it.
            (edits.Count, identities.Count, names.Count) = (editsBefore, identitiesBefore, namesBefore);
            refusals.Add(new("property.unreadable", $"The traits are no JSON object of readable texts, so none of them was taken: {unreadable.Message}"));
        }
    }

    static void ReadTraits(JsonElement traits, string prefix, Submission submission, PropertyRegistry registry, int knownNames, ImmutableArray<ContactEdit>.Builder edits,
        ImmutableArray<Identity>.Builder identities, ImmutableArray<Refusal>.Builder refusals, ImmutableArray<string>.Builder names)
    {
        foreach (var trait in traits.EnumerateObject())
        {
            var name = prefix.Length == 0 ? trait.Name : prefix + trait.Name;
            if (trait.Value.ValueKind == JsonValueKind.Object)
            {
                ReadTraits(trait.Value, name + ".", submission, registry, knownNames, edits, identities, refusals, names);
                continue;
            }

            if (name.Length is 0 or > PropertyRegistry.NameLengthMax)
            {
                refusals.Add(new("property.name", $"A property's name has 1 to {PropertyRegistry.NameLengthMax} characters; one of {name.Length} was left out."));
                continue;
            }

            var known = registry.Definitions.TryGetValue(name, out var definition);
            if (!known && knownNames + names.Count >= PropertyRegistry.NamesMax)
            {
                refusals.Add(new("limit.properties", $"The installation has {PropertyRegistry.NamesMax} property names, its limit; '{name}' stays in the event only."));
                continue;
            }

            if (registry.Read(name, trait.Value, out var value) is { } wrong)
            {
                refusals.Add(new("property.type", wrong));
                continue;
            }

            if (submission.Rights == SenderRights.Public && definition is not { Public: true })
            {
                refusals.Add(new("rights.public", $"Property '{name}' is not open to public keys; send it with a server key, or mark it public."));
                continue;
            }

            if (!known && !names.Contains(name))
                names.Add(name);
            edits.Add(new ContactEdit.SetProperty(name, value));
            // An address or number that names the person is an identity as well (Semantics 4.1); what does not read as one stays a property.
            if (submission.Rights == SenderRights.Server && value.Kind == ValueKind.Text && name is "email" or "phone")
                if (IdentityForms.Normalise(new(name == "email" ? IdentityKind.Email : IdentityKind.Phone, value.AsText)) is { } identity)
                    identities.Add(identity);
        }
    }
}
