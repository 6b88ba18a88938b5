using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

/// <summary>Which messages that were sent start a journey: at once, or when the contact has not answered one within a time (Semantics 6.17).</summary>
public sealed class SentMessages
{
    /// <summary>What the enrolment's event is called; nothing else hears of it.</summary>
    public const string Event = "email_sent";

    /// <summary>Messages of a contact that are waited for at a time; the oldest goes first.</summary>
    public const int MessagesMost = 20;

    readonly string? _content, _journey;
    readonly bool _clicks;
    readonly Duration? _within;

    /// <param name="content">Of which content; null: of any.</param>
    /// <param name="journey">Of which journey; null: of any.</param>
    /// <param name="within">Within what time nothing came back; null: being sent is enough.</param>
    /// <param name="clicks">Whether a click alone is an answer; else an open is one too.</param>
    public SentMessages(string? content, string? journey, Duration? within, bool clicks)
    {
        (_content, _journey, _within, _clicks) = (content, journey, within, clicks);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashes.Sha256(string.Create(CultureInfo.InvariantCulture, $"sent\0{content}\0{journey}\0{within?.TotalTicks}\0{clicks}"), hash);
        Rule = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>A number for what is said here: what was noted by another version's rule is forgotten.</summary>
    public uint Rule { get; }

    /// <summary>Whether it waits for nothing to come back.</summary>
    public bool Waits => _within is not null;

    /// <summary>Whether an open is an answer.</summary>
    public bool TakesOpens => !_clicks;

    /// <summary>The events that answer a message.</summary>
    public IEnumerable<string> Answers => !Waits ? [] : _clicks ? ["email_clicked"] : ["email_opened", "email_clicked"];

    public bool Concerns(string content, JourneyId journey) => (_content is null || _content == content) && (_journey is null || _journey == journey.Value);

    /// <summary>What is known after a message was sent.</summary>
    /// <param name="message">Its properties: a JSON object that begins with the message's key.</param>
    public AbandonMark Note(AbandonMark? held, string message, Instant now)
    {
        var seen = held?.Rule == Rule ? held.Seen : [];
        if (seen.Length >= MessagesMost)
            seen = seen.RemoveRange(0, seen.Length - MessagesMost + 1);
        return Of(seen.Add(new(message, [now])), now)!; // There is one.
    }

    /// <summary>What is known after something came back of a message; null: none is waited for any more.</summary>
    public AbandonMark? Answered(AbandonMark held, string key)
    {
        foreach (var item in held.Seen)
            if (Key(item) == key)
                return Of(held.Seen.Remove(item), Instant.MinValue);
        return held;
    }

    /// <summary>The message that nothing came back of, and what is known of the others.</summary>
    public (ContactEvent Sent, AbandonMark? Others) Come(AbandonMark held, Instant now)
    {
        var first = held.Seen[0];
        foreach (var item in held.Seen)
            if (item.Times[0] < first.Times[0])
                first = item;
        var sent = new ContactEvent { Name = Event, OccurredAt = first.Times[0], ReceivedAt = first.Times[0], Properties = EventProperties.Parse(first.Item) };
        return (sent, Of(held.Seen.Remove(first), now));
    }

    /// <summary>The messages of two contacts that are one now.</summary>
    public AbandonMark United(AbandonMark own, AbandonMark theirs)
    {
        var all = own.Seen.AddRange(theirs.Seen).Sort((one, other) => one.Times[0].CompareTo(other.Times[0]));
        return Of(all.Length > MessagesMost ? all.RemoveRange(0, all.Length - MessagesMost) : all, Instant.MinValue) ?? own;
    }

    /// <param name="now">The timer of this very instant has fired: what is due comes just after it.</param>
    AbandonMark? Of(ImmutableArray<SeenItem> seen, Instant now)
    {
        if (seen.IsEmpty)
            return null;
        var (first, last) = (seen[0].Times[0], seen[0].Times[0]);
        foreach (var item in seen)
            (first, last) = (Instant.Min(first, item.Times[0]), Instant.Max(last, item.Times[0]));
        var due = (first + (_within ?? Duration.Zero)).Truncate();
        return new(Rule, due <= now ? now + Duration.FromNanoseconds(1_000) : due, Event, last, EventProperties.Empty, seen);
    }

    const string Opening = "{\"message\":\"";

    /// <summary>The beginning of a message's properties, by which it is found again.</summary>
    public static string Begin(MessageKey key) => $"{Opening}{key}\"";

    static ReadOnlySpan<char> KeySpan(SeenItem item) => item.Item.AsSpan(Opening.Length, item.Item.AsSpan(Opening.Length).IndexOf('"'));

    static string Key(SeenItem item) => KeySpan(item).ToString();
}
