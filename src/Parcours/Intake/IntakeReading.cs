namespace Parcours.Intake;

/// <summary>What reading an intake request came to.</summary>
public abstract record IntakeReading
{
    IntakeReading() { }

    /// <summary>The request stands; its items are judged one by one (semantics 15.9).</summary>
    /// <param name="Items">In the order of the batch.</param>
    /// <param name="Refusals">In the order of the batch.</param>
    /// <param name="WriteKey">The key in the body, if there was one.</param>
    public sealed record Accepted(IReadOnlyList<IntakeItem> Items, IReadOnlyList<ItemRefusal> Refusals, string? WriteKey) : IntakeReading
    {
        /// <summary>Items whose time could not be read; they count as of their receipt.</summary>
        public int UnreadableTimes => Items.Count(item => item.TimeUnreadable);
    }

    /// <summary>The request as a whole is refused and nothing of it happens.</summary>
    public sealed record Refused(IntakeRefusal Refusal) : IntakeReading;
}

/// <summary>Why a whole request is refused.</summary>
/// <param name="Status">The HTTP status to answer with.</param>
/// <param name="Code">Stable; for programs.</param>
/// <param name="Reason">For people; says what to do.</param>
public sealed record IntakeRefusal(int Status, string Code, string Reason);

/// <summary>Why one item of a request is refused while the others are taken.</summary>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="Code">Stable; for programs. One of <see cref="ItemRefusalCodes"/>.</param>
/// <param name="Reason">For people; says what to do.</param>
/// <param name="MessageId">The item's message id where it had one that could be read.</param>
public sealed record ItemRefusal(int Index, string Code, string Reason, string? MessageId);

/// <summary>The codes of refused items; docs/api.md lists them.</summary>
public static class ItemRefusalCodes
{
    public const string NotAnObject = "not_an_object";
    public const string UnknownType = "unknown_type";
    public const string NoIdentity = "no_user_anon_id";
    public const string NoEventName = "no_event_name";
    public const string NoPreviousId = "no_previous_id";
    public const string NoGroupId = "no_group_id";
    public const string BadId = "bad_id";
    public const string BadField = "bad_field";
    public const string TooLong = "too_long";
    public const string TooLarge = "too_large";
    public const string TooDeep = "too_deep";
    public const string TooManyKeys = "too_many_keys";
}
