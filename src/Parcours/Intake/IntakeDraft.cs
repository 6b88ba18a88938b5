using NodaTime;

namespace Parcours.Intake;

/// <summary>An item as far as it has been read: ranges of the body instead of copies, times as written.</summary>
sealed class IntakeDraft(int index, IntakeKind? kind, bool typed)
{
    IntakeKind? _kind = kind;
    (string Code, string Reason)? _refusal;

    /// <summary>The item's own <c>type</c> decides what it is (in a batch); else the path did.</summary>
    public bool Typed { get; } = typed;

    public string? MessageId, UserId, AnonymousId, PreviousId, GroupId, EventName, Name, Category, WriteKey;
    public Range Properties, Traits;
    public IntakeContext Context;
    public WrittenTime Timestamp, OriginalTimestamp, SentAt;

    public ItemRefusal? Refusal => _refusal is var (code, reason) ? new ItemRefusal(index, code, reason, MessageId) : null;

    public void SetType(string? type)
    {
        _kind = type?.ToLowerInvariant() switch
        {
            "identify" => IntakeKind.Identify,
            "track" => IntakeKind.Track,
            "page" => IntakeKind.Page,
            "screen" => IntakeKind.Screen,
            "group" => IntakeKind.Group,
            "alias" => IntakeKind.Alias,
            _ => null,
        };
    }

    /// <summary>The first reason stands, since later ones may follow from it.</summary>
    public void Refuse(string code, string reason) => _refusal ??= (code, reason);

    /// <summary>Looks at the item as a whole, once all of it has been read.</summary>
    /// <param name="keys">Fields at all depths.</param>
    /// <param name="depth">Objects and arrays inside one another.</param>
    /// <param name="bytes">From its first brace to its last.</param>
    public void Judge(int keys, int depth, long bytes, IntakeLimits limits)
    {
        // What an item costs comes before what it says: nothing else about it is worth telling.
        if (bytes > limits.EventBytes)
            _refusal = (ItemRefusalCodes.TooLarge, $"The item is over {limits.EventBytes / 1024} KB.");
        else if (depth > limits.Depth)
            _refusal = (ItemRefusalCodes.TooDeep, $"The item nests over {limits.Depth} objects and arrays in one another.");
        else if (keys > limits.Keys)
            _refusal = (ItemRefusalCodes.TooManyKeys, $"The item has over {limits.Keys} fields.");
        if (_kind is null)
            Refuse(ItemRefusalCodes.UnknownType, "type must be identify, track, page, screen, group or alias.");
        if (MessageId?.Length > limits.MessageIdCharacters)
            Refuse(ItemRefusalCodes.TooLong, $"messageId is over {limits.MessageIdCharacters} characters.");
        RefuseLong(UserId, "userId", limits);
        RefuseLong(AnonymousId, "anonymousId", limits);
        RefuseLong(PreviousId, "previousId", limits);
        RefuseLong(GroupId, "groupId", limits);
        if (EventName?.Length > limits.EventNameCharacters)
            Refuse(ItemRefusalCodes.TooLong, $"event is over {limits.EventNameCharacters} characters.");
        if (UserId is null && AnonymousId is null)
            Refuse(ItemRefusalCodes.NoIdentity, "The item has neither userId nor anonymousId.");
        if (_kind == IntakeKind.Track && string.IsNullOrWhiteSpace(EventName))
            Refuse(ItemRefusalCodes.NoEventName, "A track call needs event, the event's name.");
        if (_kind == IntakeKind.Alias && PreviousId is null)
            Refuse(ItemRefusalCodes.NoPreviousId, "An alias call needs previousId.");
        if (_kind == IntakeKind.Group && GroupId is null)
            Refuse(ItemRefusalCodes.NoGroupId, "A group call needs groupId.");
    }

    /// <summary>The item by itself, copied out of the body.</summary>
    /// <param name="context">What the batch says for all its items; the item's own word comes first.</param>
    /// <param name="batchSentAt">When the batch left; it comes before the item's own, which some libraries write when they queue.</param>
    public IntakeItem Finish(ReadOnlySpan<byte> body, in IntakeContext context, WrittenTime batchSentAt)
    {
        var written = Timestamp.Given ? Timestamp : OriginalTimestamp;
        return new IntakeItem
        {
            Index = index,
            Kind = _kind ?? throw new InvalidOperationException("An item is finished only when nothing refuses it."),
            MessageId = MessageId,
            UserId = UserId,
            AnonymousId = AnonymousId,
            PreviousId = PreviousId,
            GroupId = GroupId,
            EventName = EventName,
            Name = Name,
            Category = Category,
            Properties = body[Properties].ToArray(),
            Traits = body[Traits].ToArray(),
            ContextTraits = body[Context.Traits.Equals(default) ? context.Traits : Context.Traits].ToArray(),
            Locale = Context.Locale ?? context.Locale,
            TimeZone = Context.TimeZone ?? context.TimeZone,
            Ip = Context.Ip ?? context.Ip,
            Timestamp = written.Instant,
            SentAt = batchSentAt.Instant ?? SentAt.Instant,
            TimeUnreadable = written.Given && written.Instant is null,
        };
    }

    void RefuseLong(string? id, string field, IntakeLimits limits)
    {
        if (id?.Length > limits.IdentityCharacters)
            Refuse(ItemRefusalCodes.TooLong, $"{field} is over {limits.IdentityCharacters} characters.");
    }
}

/// <summary>The part of a <c>context</c> that this product uses.</summary>
struct IntakeContext
{
    public Range Traits;
    public string? Locale;
    public string? TimeZone;
    public string? Ip;
}

/// <summary>A time as a sender wrote it; given but without an instant, it could not be read.</summary>
readonly record struct WrittenTime(Instant? Instant, bool Given)
{
    public static WrittenTime Of(string? text) =>
        string.IsNullOrWhiteSpace(text) ? default : new(IntakeTime.TryParse(text, out var instant) ? instant : null, Given: true);
}
