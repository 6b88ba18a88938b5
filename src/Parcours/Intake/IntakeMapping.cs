using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Intake;

/// <summary>What an item of the intake means to the engine; docs/api.md tells senders the same.</summary>
public static class IntakeMapping
{
    /// <summary>The events that calls without a name of their own become.</summary>
    public const string PageViewed = "Page Viewed";
    public const string ScreenViewed = "Screen Viewed";
    public const string GroupJoined = "Group Joined";

    /// <param name="item">As it was read.</param>
    /// <param name="rights">What the key it came with may do.</param>
    public static Submission ToSubmission(this IntakeItem item, SenderRights rights)
    {
        var traits = item.Kind switch
        {
            IntakeKind.Identify => ContactTraits.Of(item),
            IntakeKind.Track or IntakeKind.Page or IntakeKind.Screen => ContactTraits.OfContext(item),
            _ => default,
        };
        return new Submission
        {
            Body = item.Kind switch
            {
                IntakeKind.Identify => Said(traits, null, default),
                IntakeKind.Track => Said(traits, item.EventName, item.Properties),
                IntakeKind.Page => Said(traits, PageViewed, Named(item)),
                IntakeKind.Screen => Said(traits, ScreenViewed, Named(item)),
                IntakeKind.Group => Said(default, GroupJoined, Group(item)),
                IntakeKind.Alias => new SubmissionBody.Alias(),
                _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, "The kinds of items are a closed set."),
            },
            Identities = Identities(item, traits),
            Rights = rights,
            MessageId = item.MessageId,
            Timestamp = item.Timestamp,
            SentAt = item.SentAt,
        };
    }

    static SubmissionBody.Received Said(ReadOnlyMemory<byte> traits, string? name, ReadOnlyMemory<byte> properties) => new([], traits, name, properties);

    static ImmutableArray<Identity> Identities(IntakeItem item, ReadOnlyMemory<byte> traits)
    {
        var identities = ImmutableArray.CreateBuilder<Identity>(2);
        if (item.UserId is { } user)
            identities.Add(new(IdentityKind.UserId, user));
        if (!traits.IsEmpty)
            ContactTraits.AddIdentities(traits.Span, identities);
        if (item.AnonymousId is { } anonymous)
            identities.Add(new(IdentityKind.AnonymousId, anonymous));
        if (item.Kind == IntakeKind.Alias && item.PreviousId is { } previous)
        {
            // The call does not say which of the two the earlier id is, and libraries send both.
            identities.Add(new(IdentityKind.UserId, previous));
            identities.Add(new(IdentityKind.AnonymousId, previous));
        }

        return identities.ToImmutable();
    }

    // A page's own properties come before the name and category beside them, which most libraries repeat inside.
    static ReadOnlyMemory<byte> Named(IntakeItem item)
    {
        if (item.Name is null && item.Category is null)
            return item.Properties;
        return JsonObjects.With(item.Properties, ("name", item.Name), ("category", item.Category));
    }

    static ReadOnlyMemory<byte> Group(IntakeItem item) => JsonObjects.Write(writer =>
    {
        writer.WriteString("groupId", item.GroupId);
        if (!item.Traits.IsEmpty)
        {
            writer.WritePropertyName("traits");
            writer.WriteRawValue(item.Traits.Span, skipInputValidation: true);
        }
    });
}
