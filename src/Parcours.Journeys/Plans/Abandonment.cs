using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

/// <summary>What a starting point counts as abandoned: one of these events, so often, and none of those within a time (Semantics 6.14).</summary>
public sealed class Abandonment
{
    /// <summary>Things looked at that are remembered of a contact; the oldest goes first.</summary>
    public const int ItemsMost = 20;
    /// <summary>Items that are gathered from events which tell one each, and the bytes that they may have with all else.</summary>
    public const int GatheredMost = 20, GatheredBytesMost = 16 * 1024;

    readonly FrozenSet<string> _events, _unless;
    readonly int _times;
    readonly string? _by;
    readonly Duration _within, _after;

    /// <param name="times">How often, 1 to 20.</param>
    /// <param name="by">The property of the event that says what was looked at; null: all count together.</param>
    /// <param name="within">Within what time they must lie together; only where it must be more than once.</param>
    /// <param name="after">How long nothing of <paramref name="unless"/> must happen.</param>
    public Abandonment(IEnumerable<string> events, IEnumerable<string> unless, int times, string? by, Duration within, Duration after)
    {
        (_events, _unless) = (events.ToFrozenSet(StringComparer.Ordinal), unless.ToFrozenSet(StringComparer.Ordinal));
        (_times, _by, _within, _after) = (times, by, within, after);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashes.Sha256(string.Create(CultureInfo.InvariantCulture, $"abandon\0{string.Join('\u0001', _events.Order(StringComparer.Ordinal))}\0{string.Join('\u0001', _unless.Order(StringComparer.Ordinal))}\0{times}\0{by}\0{within.TotalTicks}\0{after.TotalTicks}"), hash);
        Rule = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>A number for what is said here: what was reckoned by another version's rule is forgotten.</summary>
    public uint Rule { get; }

    /// <summary>For how long what was looked at counts.</summary>
    public Duration Within => _within;

    /// <summary>Every event that it looks at.</summary>
    public IEnumerable<string> Events => _events.Union(_unless);

    /// <summary>Whether this event says that nothing was abandoned. One that is both does.</summary>
    public bool Ends(string name) => _unless.Contains(name);

    /// <summary>What is known after one more event that counts.</summary>
    /// <param name="held">Null: nothing was.</param>
    /// <param name="now">From here on the time runs: a late event begins nothing, a younger one counts as of its arrival (Semantics 2.3).</param>
    public AbandonMark After(AbandonMark? held, ContactEvent occurred, Instant now)
    {
        if (held?.Rule != Rule || held.IsEnded)
            held = null;
        // One that comes after a younger one adds what it tells; the younger one stays the latest.
        var isOlder = held?.At > occurred.OccurredAt;
        var (latest, latestAt) = isOlder ? (held!.Event, held.At) : (occurred.Name, occurred.OccurredAt);
        if (_times == 1)
            return new(Rule, (now + _after).Truncate(), latest, latestAt, Gathered(held?.Data, occurred.Properties, isOlder), []);
        var item = _by is null ? "" : occurred.Properties[_by].ToString();
        var seen = See(held?.Seen ?? [], item, occurred.OccurredAt, out var times);
        return times >= _times
            ? new(Rule, (now + _after).Truncate(), occurred.Name, latestAt, occurred.Properties, seen)
            : held is { Due: not null } ? held with { Seen = seen } : new(Rule, null, latest, latestAt, EventProperties.Empty, seen);
    }

    ImmutableArray<SeenItem> See(ImmutableArray<SeenItem> before, string item, Instant at, out int times)
    {
        var seen = ImmutableArray.CreateBuilder<SeenItem>(before.Length + 1);
        var own = ImmutableArray<Instant>.Empty;
        foreach (var one in before)
            if (one.Item == item)
                own = one.Times;
            else if (one.Times[^1] > at - _within)
                seen.Add(one);
        var counted = own.Add(at).Sort();
        while (counted.Length > 0 && (counted.Length > _times || counted[0] <= counted[^1] - _within))
            counted = counted.RemoveAt(0);
        times = counted.Length;
        seen.Add(new(item, counted));
        if (seen.Count > ItemsMost)
            seen.RemoveAt(0);
        return seen.ToImmutable();
    }

    /// <summary>An event that tells the whole basket (it has <c>products</c>) counts as it is; one that tells one item is added to those before it, under <c>products</c>.</summary>
    /// <param name="isOlder">What is told now happened before what is known: of the properties, those that are known stay.</param>
    static EventProperties Gathered(EventProperties? before, EventProperties now, bool isOlder)
    {
        using var said = JsonDocument.Parse(now.Json, new() { MaxDepth = 256 });
        if (said.RootElement.TryGetProperty("products", out _) || said.RootElement.EnumerateObject() is var fields && !fields.MoveNext())
            return isOlder ? before! : now;
        using var held = JsonDocument.Parse((before ?? EventProperties.Empty).Json, new() { MaxDepth = 256 });
        var buffer = new ArrayBufferWriter<byte>(now.Json.Length + 256);
        using (var to = new Utf8JsonWriter(buffer))
        {
            to.WriteStartArray();
            if (held.RootElement.TryGetProperty("products", out var products) && products.ValueKind == JsonValueKind.Array)
                foreach (var product in products.EnumerateArray().Skip(products.GetArrayLength() - GatheredMost + 1))
                    product.WriteTo(to);
            said.RootElement.WriteTo(to);
            to.WriteEndArray();
        }

        // More than that is nobody's basket: the latest item alone.
        var latest = isOlder ? before! : now;
        return buffer.WrittenCount + latest.Json.Length <= GatheredBytesMost ? latest.With("products", buffer.WrittenSpan) : latest;
    }
}
