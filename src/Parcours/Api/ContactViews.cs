using System.Text.Json;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>A contact as it is now.</summary>
/// <param name="Absorbed">Contacts that were merged into this one.</param>
/// <param name="Barred">Journeys that do not let it in, by id.</param>
/// <param name="ArchivedAt">Since when it is archived; null: it is not.</param>
sealed record ContactView(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt, IReadOnlyList<IdentityView> Identities, IReadOnlyDictionary<string, object?> Properties,
    IReadOnlyList<string> Tags, IReadOnlyList<string> Lists, IReadOnlyList<string> Segments, IReadOnlyList<ConsentView> Consents, IReadOnlyList<string> Suppressed,
    int EnrolmentsInProgress, IReadOnlyList<string> Barred, DateTimeOffset? ArchivedAt, IReadOnlyList<Guid>? Absorbed, IReadOnlyList<ProblemReason>? Warnings = null)
{
    public static ContactView Of(Contact contact, Mask mask) => new(
        contact.Id.Value, contact.CreatedAt.ToApi(), contact.LastSeenAt.ToApi(),
        [.. contact.Identities.OrderBy(identity => identity.Kind).Select(identity => new IdentityView(identity.Kind, mask.Identity(identity.Kind, identity.Value)))],
        contact.Properties.Where(property => !property.Value.Value.IsNone).OrderBy(property => property.Key, StringComparer.Ordinal).ToDictionary(property => property.Key, property => mask.Property(property.Key, property.Value.Value)),
        Held(contact.Tags), Held(contact.Lists), [.. contact.Segments.Order(StringComparer.Ordinal)],
        [.. contact.Consents.OrderBy(consent => consent.Key).Select(consent => new ConsentView(consent.Key.Channel, consent.Key.Topic, consent.Value.Value, consent.Value.At.ToApi()))],
        [.. contact.Suppressed.Order(StringComparer.Ordinal)], contact.Enrolments.Count, [.. contact.Barred.Select(journey => journey.Value)], contact.ArchivedAt.ToApi(),
        contact.Absorbed.Count == 0 ? null : [.. contact.Absorbed.Select(id => id.Value)]);

    static List<string> Held(SmallDictionary<string, Timed<bool>> names) => [.. names.Where(name => name.Value.Value).Select(name => name.Key).Order(StringComparer.Ordinal)];

    /// <summary>A value as JSON has it.</summary>
    public static object? Plain(Value value) => value.Kind switch
    {
        ValueKind.None => null,
        ValueKind.Number => value.AsNumber,
        ValueKind.Boolean => value.AsBoolean,
        ValueKind.Texts => value.AsTexts,
        _ => value.ToString(),
    };
}

sealed record IdentityView(IdentityKind Kind, string Value);

/// <param name="Topic"><c>*</c>: all topics of the channel.</param>
sealed record ConsentView(string Channel, string Topic, ConsentState State, DateTimeOffset? At = null);

/// <summary>One line of a contact's timeline.</summary>
/// <param name="Event">Its name; null where no event began it (a timer, a send result, an edit).</param>
sealed record TimelineView(string Cursor, DateTimeOffset At, string? Event, DateTimeOffset? OccurredAt, Origin? Origin, JsonElement? Properties, IReadOnlyList<ChangeView>? Changes, IReadOnlyList<TrailView>? Journeys);

/// <param name="Kind">propertySet, tagAdded, tagRemoved, listJoined, listLeft, segmentEntered, segmentLeft, consentChanged, journeyLeft, journeyBarred, journeyUnbarred, archived, unarchived (the last two without a name).</param>
sealed record ChangeView(string Kind, string Name, object? Before = null, object? After = null)
{
    public static ChangeView Of(ContactChange change, Mask mask) => change switch
    {
        ContactChange.PropertySet set => new("propertySet", set.Name, mask.Property(set.Name, set.Before), mask.Property(set.Name, set.After)),
        ContactChange.TagAdded tag => new("tagAdded", tag.Tag),
        ContactChange.TagRemoved tag => new("tagRemoved", tag.Tag),
        ContactChange.ListJoined list => new("listJoined", list.List),
        ContactChange.ListLeft list => new("listLeft", list.List),
        ContactChange.SegmentEntered segment => new("segmentEntered", segment.Segment),
        ContactChange.SegmentLeft segment => new("segmentLeft", segment.Segment),
        ContactChange.ConsentChanged consent => new("consentChanged", $"{consent.Channel}/{consent.Topic}", consent.Before, consent.After),
        ContactChange.JourneyLeft journey => new("journeyLeft", journey.Journey.Value, null, journey.Outcome),
        ContactChange.JourneyBarred journey => new(journey.On ? "journeyBarred" : "journeyUnbarred", journey.Journey.Value),
        ContactChange.Archived archived => new(archived.On ? "archived" : "unarchived", ""),
        _ => throw new System.Diagnostics.UnreachableException($"{change.GetType().Name} is no change of a contact."),
    };
}

/// <summary>The points that one enrolment passed at once.</summary>
sealed record TrailView(string Journey, int Version, Guid Enrolment, string Cause, IReadOnlyList<TrailStepView> Steps);

/// <param name="Edge">The edge taken; null while it waits there.</param>
sealed record TrailStepView(string Point, string? Edge, string? Detail);

/// <summary>One trip through one journey.</summary>
/// <param name="Point">Where it waits, or where it ended.</param>
/// <param name="Revision">Name it when you move or remove the enrolment.</param>
sealed record EnrolmentView(
    Guid Id, string Journey, int Version, int Number, string? Point, DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, Outcome? Outcome, string? Why, int Revision);

/// <summary>A message as decided and as far as it got.</summary>
/// <param name="NotBefore">It is not handed over before this: when it was decided, when its window opens, or when a provider is tried again.</param>
/// <param name="NotAfter">When the window in which it may leave closes again; null: it may leave at any hour.</param>
/// <param name="Expires">After this it is not sent any more.</param>
sealed record MessageView(
    string Key, Guid Contact, string Journey, int Version, string Point, Guid? Enrolment, string Channel, string Content, string Topic, MessagePurpose Purpose, string? To,
    MessageStatus Status, string? Why, DateTimeOffset DecidedAt, DateTimeOffset NotBefore, DateTimeOffset? NotAfter, DateTimeOffset Expires, DateTimeOffset? SettledAt, int Attempts, int Opens, int Clicks)
{
    /// <summary>Of a contact's messages: whether it stayed in the sandbox mailbox, where it can be read; not said elsewhere.</summary>
    public bool? InSandbox { get; init; }

    public static MessageView Of(MessageRow row, Mask mask) => new(
        row.Key.ToString(), row.Contact.Value, row.Journey.Value, row.Version, row.Point, row.Enrolment?.Value, row.Channel, row.Content, row.Topic, row.Purpose, row.Address is { } to ? mask.Address(row.Channel, to) : null,
        row.Status, mask.Reason(row.Status.ToString(), row.Why), row.DecidedAt.ToApi(), row.NotBefore.ToApi(), MessageDataCodec.Window(row.Data.Span)?.Next(row.NotBefore).Closes.ToDateTimeOffset(), row.Expires.ToApi(),
        row.SettledAt.ToApi(), row.Attempts, row.Opens, row.Clicks);
}
