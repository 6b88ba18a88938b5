using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Conditions;

/// <summary>The latest messages of a channel that were sent to the contact, by any journey, and which of them it opened or clicked.</summary>
/// <remarks>That a message was sent is no event that anybody hears or that is kept: the machine tells it here alone (<see cref="Sent"/>). Opens and clicks come as the events that they are.</remarks>
public sealed class LastMessagesAggregate : AggregateDefinition
{
    /// <summary>As many as can be looked at.</summary>
    public const int Most = 100;

    readonly string _sent, _opened, _clicked;
    readonly int _count;

    public LastMessagesAggregate(string channel, int count)
    {
        (_sent, _opened, _clicked, _count) = (SentName(channel), $"{channel}_opened", $"{channel}_clicked", count);
        Canonical = string.Create(CultureInfo.InvariantCulture, $"last messages {channel} {count}");
        Id = new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical))));
        Events = [_sent, _opened, _clicked];
    }

    public override AggregateId Id { get; }
    public override string Canonical { get; }
    public override IReadOnlyList<string> Events { get; }

    public static string SentName(string channel) => $"{channel}_sent";

    /// <summary>What tells this memory, and no other, of a message that was sent.</summary>
    public static ContactEvent Sent(string channel, MessageKey message, Instant at) => new()
    {
        Name = SentName(channel),
        OccurredAt = at,
        ReceivedAt = at,
        Properties = EventProperties.Parse($$"""{"message":"{{message}}"}"""),
    };

    public override bool Matches(ContactEvent occurred) => Events.Contains(occurred.Name) && KeyOf(occurred) is not null;

    static ulong? KeyOf(ContactEvent occurred) =>
        occurred.Properties["message"] is { Kind: ValueKind.Text } message && message.AsText is { Length: 32 } text
        && ulong.TryParse(text.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var key) ? key : null;

    public override AggregateMemory Add(AggregateMemory? memory, ContactEvent occurred, Instant now)
    {
        var item = new MessageItem(KeyOf(occurred) ?? throw new ArgumentException("It names no message.", nameof(occurred)), occurred.OccurredAt.ToMicroseconds(),
            occurred.Name == _sent, occurred.Name == _opened || occurred.Name == _clicked, occurred.Name == _clicked);
        return ((MessagesMemory)new MessagesMemory([item]).Merge((MessagesMemory?)memory ?? MessagesMemory.Empty)).Latest(_count);
    }

    public override AggregateMemory Read(ReadOnlySpan<byte> stored) => MessagesMemory.Read(stored);
}
