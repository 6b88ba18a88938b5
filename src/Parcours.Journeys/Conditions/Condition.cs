using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Conditions;

/// <summary>One node of a condition tree: used by segments, if/else, event filters, goals, exits, eligibility and search. Every kind with an example: docs/conditions.md.</summary>
/// <remarks>
/// The JSON form carries the discriminator <c>kind</c>. Durations are ISO 8601 (<c>P30D</c>, days of 24 h), instants ISO 8601 with offset, dates <c>yyyy-MM-dd</c>.
/// Records of this hierarchy compare lists by reference; equal conditions have equal <see cref="ToJson"/>.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(Not), "not")]
[JsonDerivedType(typeof(Property), "property")]
[JsonDerivedType(typeof(Field), "field")]
[JsonDerivedType(typeof(Tag), "tag")]
[JsonDerivedType(typeof(List), "list")]
[JsonDerivedType(typeof(Segment), "segment")]
[JsonDerivedType(typeof(Journey), "journey")]
[JsonDerivedType(typeof(Consent), "consent")]
[JsonDerivedType(typeof(Event), "event")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(LastMessages), "lastMessages")]
[JsonDerivedType(typeof(Time), "time")]
public abstract partial record Condition
{
    Condition() { }

    /// <summary>Leaves that one condition may have: the record of a decision has a bit for each.</summary>
    public const int LeavesMost = 64;

    /// <summary>How many leaves there are; the filter of an event is part of one.</summary>
    internal int Leaves => this switch
    {
        All all => all.Of.Sum(part => part.Leaves),
        Any any => any.Of.Sum(part => part.Leaves),
        Not not => not.Of.Leaves,
        _ => 1,
    };

    /// <summary>Every part holds.</summary>
    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>At least one part holds.</summary>
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Not(Condition Of) : Condition;

    /// <summary>Compares a property of the contact.</summary>
    /// <param name="Value">For comparisons with one value.</param>
    /// <param name="Values">For <see cref="Comparison.In"/> and <see cref="Comparison.NotIn"/>; for <see cref="Comparison.Between"/> the lowest and the highest, both included.</param>
    /// <param name="Duration">For <see cref="Comparison.WithinLast"/>, <see cref="Comparison.WithinNext"/>, <see cref="Comparison.LongerAgoThan"/> and <see cref="Comparison.AnniversaryWithinNext"/>.</param>
    /// <param name="IgnoreCase">Whether texts are compared without regard to case, by the invariant culture; null means yes.</param>
    public sealed record Property(
        string Name,
        Comparison Is,
        Value? Value = null,
        IReadOnlyList<Value>? Values = null,
        Duration? Duration = null,
        bool? IgnoreCase = null) : Condition;

    /// <summary>Compares a property of the event that is looked at: in <see cref="Event.Where"/> and in filters of starting points; in a journey, of the event that started the enrolment.</summary>
    /// <param name="Name">A path, e.g. <c>total</c> or <c>cart.currency</c>.</param>
    public sealed record Field(
        string Name,
        Comparison Is,
        Value? Value = null,
        IReadOnlyList<Value>? Values = null,
        Duration? Duration = null,
        bool? IgnoreCase = null) : Condition;

    public sealed record Tag(string Name) : Condition;

    public sealed record List(string Name) : Condition;

    /// <summary>The contact is a member, as stored (Semantics 7.5).</summary>
    public sealed record Segment(string Name) : Condition;

    /// <summary>The contact is in progress in a journey, or waits at one of its points (Semantics 7.10).</summary>
    /// <param name="Id">The journey's id.</param>
    /// <param name="Point">The id of a point of it where the contact waits, in whichever version; null: anywhere in it.</param>
    public sealed record Journey([property: JsonPropertyName("journey")] string Id, string? Point = null) : Condition;

    /// <summary>It is now one of these days of the week, and between these times of day: for journeys alone, since in a segment it would flip for everybody at once (Semantics 7.6).</summary>
    /// <param name="Days">Null: every day.</param>
    /// <param name="From">Included; with <paramref name="Until"/>. Null with it: the whole day.</param>
    /// <param name="Until">Excluded; at or before <paramref name="From"/> it is that of the next day.</param>
    /// <param name="Zone">Where that holds: <c>journey</c> (null), <c>contact</c> (its own zone, else its country's, else the journey's), or an IANA zone.</param>
    public sealed record Time(IReadOnlyList<IsoDayOfWeek>? Days = null, LocalTime? From = null, LocalTime? Until = null, string? Zone = null) : Condition;

    /// <param name="Channel"><c>email</c>, <c>sms</c>, <c>whatsapp</c>.</param>
    /// <param name="Is">As the contact said; what unknown means is the topic's setting and not asked here.</param>
    public sealed record Consent(string Channel, string Topic, [property: JsonConverter(typeof(CamelCaseEnumConverter<ConsentState>))] ConsentState Is) : Condition;

    /// <summary>What the contact's events come to.</summary>
    /// <param name="Events">Events of any of these names count.</param>
    /// <param name="Is"><see cref="Comparison.Did"/> or <see cref="Comparison.DidNot"/>; else compares what <paramref name="Function"/> makes of them.</param>
    /// <param name="Where">Which of them count: <see cref="Field"/> conditions and all/any/not of them. Dates in it are read in UTC.</param>
    /// <param name="Function">Null means <see cref="EventFunction.Count"/>.</param>
    /// <param name="PropertyName">What sum, min, max and distinct look at. First and last compare this property of that event, or its time when this is null.</param>
    /// <param name="Window">Null: ever.</param>
    public sealed record Event(
        IReadOnlyList<string> Events,
        Comparison Is = Comparison.Did,
        Condition? Where = null,
        EventFunction? Function = null,
        [property: JsonPropertyName("property")] string? PropertyName = null,
        EventWindow? Window = null,
        Value? Value = null,
        IReadOnlyList<Value>? Values = null,
        Duration? Duration = null,
        bool? IgnoreCase = null) : Condition;

    /// <summary>What became of a message of this journey: of the latest visit to that point.</summary>
    /// <param name="Point">The id of the point that decided it.</param>
    /// <param name="Link">For <see cref="MessageIs.Clicked"/>: this link; null: any.</param>
    public sealed record Message(string Point, MessageIs Is, string? Link = null) : Condition;

    /// <summary>Of the contact's latest messages, of all journeys, none was opened, or none clicked. Does not hold while fewer were sent.</summary>
    /// <param name="Count">How many: 1 to 100.</param>
    /// <param name="Channel"><c>email</c>, <c>sms</c>, <c>whatsapp</c>; null: e-mail.</param>
    public sealed record LastMessages(int Count, LastMessagesIs Is, string? Channel = null) : Condition
    {
        internal const string DefaultChannel = "email";
    }
}

/// <summary>How a value is compared.</summary>
/// <remarks>Comparisons with a negation in the name hold exactly when their counterpart does not, so also where there is no value; all others need a value.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<Comparison>))]
public enum Comparison
{
    Equals = 0,
    NotEquals = 1,
    In = 2,
    NotIn = 3,
    /// <summary>A text contains it; one of several choices is it.</summary>
    Contains = 4,
    NotContains = 5,
    StartsWith = 6,
    EndsWith = 7,
    LessThan = 8,
    AtMost = 9,
    GreaterThan = 10,
    AtLeast = 11,
    /// <summary>Both ends included.</summary>
    Between = 12,
    Known = 13,
    Unknown = 14,
    Before = 15,
    After = 16,
    /// <summary>In <c>(now − duration, now]</c> (Semantics 2.1).</summary>
    WithinLast = 17,
    /// <summary>In <c>(now, now + duration]</c>.</summary>
    WithinNext = 18,
    /// <summary>At or before <c>now − duration</c>.</summary>
    LongerAgoThan = 19,
    /// <summary>Of events: at least one.</summary>
    Did = 20,
    /// <summary>Of events: none.</summary>
    DidNot = 21,
    /// <summary>A date whose day comes round today, a year after it or later; 29 February on the 28th where there is none (Semantics 8.5).</summary>
    Anniversary = 22,
    /// <summary>A date that comes round in <c>(now, now + duration]</c>: the midnight with which its day begins.</summary>
    AnniversaryWithinNext = 23,
}

[JsonConverter(typeof(CamelCaseEnumConverter<EventFunction>))]
public enum EventFunction
{
    Count = 0,
    /// <summary>Of numbers; of none it is 0.</summary>
    Sum = 1,
    Min = 2,
    Max = 3,
    First = 4,
    Last = 5,
    /// <summary>How many different values; 10,000 means "10,000 or more" (Semantics 7.2).</summary>
    Distinct = 6,
}

/// <summary>When events must have occurred: either <paramref name="Last"/>, or a fixed stretch that may be open at one end.</summary>
/// <param name="Last">Rolling: <c>(now − last, now]</c> (Semantics 2.1).</param>
/// <param name="From">Included.</param>
/// <param name="To">Excluded.</param>
public sealed record EventWindow(Duration? Last = null, Instant? From = null, Instant? To = null);

[JsonConverter(typeof(CamelCaseEnumConverter<LastMessagesIs>))]
public enum LastMessagesIs
{
    NoneOpened = 0,
    NoneClicked = 1,
}

[JsonConverter(typeof(CamelCaseEnumConverter<MessageIs>))]
public enum MessageIs
{
    /// <summary>Handed over; also if it was delivered, opened or clicked since, or bounced.</summary>
    Sent = 0,
    Delivered = 1,
    Opened = 2,
    Clicked = 3,
    Bounced = 4,
    Skipped = 5,
    Failed = 6,
}
