using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>What the three forms have in common: names, filter and property, and the two questions that an event condition asks.</summary>
abstract class EventAggregate : AggregateDefinition
{
    readonly ConditionNode? _where;
    readonly ImmutableArray<string> _names;

    /// <param name="form">What else tells it from others, e.g. <c>latest 3</c>: part of the canonical text.</param>
    private protected EventAggregate(IEnumerable<string> names, Condition? where, string? property, string form)
    {
        _names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        where = where is null ? null : Canonicals.Of(where);
        _where = where is null ? null : ConditionCompiler.Node(where);
        Property = property;
        Canonical = Text(_names, where, property, form);
        Id = new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical))));
    }

    public override AggregateId Id { get; }
    public override string Canonical { get; }
    public override IReadOnlyList<string> Events => _names;
    internal string? Property { get; }

    public override bool Matches(ContactEvent occurred)
    {
        foreach (var name in _names)
            if (string.Equals(name, occurred.Name, StringComparison.Ordinal))
                return _where is null || _where.Holds(new ConditionContext(null!, occurred.OccurredAt, occurred));
        return false;
    }

    private protected EventItem ItemOf(ContactEvent occurred) => Property is null
        ? new(occurred.OccurredAt.ToMicroseconds(), 0, Value.None)
        : new(occurred.OccurredAt.ToMicroseconds(), occurred.Sequence, occurred.Properties[Property]);

    /// <summary>What the remembered events come to at an instant, this being no earlier than any clock at which one was added.</summary>
    /// <param name="window">Microseconds; null: no rolling window.</param>
    /// <remarks>Hot path: bench/StepBench. No allocation.</remarks>
    internal abstract Value Result(AggregateMemory? memory, EventFunction function, long? window, long now);

    /// <summary>The next instant at which <see cref="Result"/> may differ: an event's time comes, or it leaves the window.</summary>
    internal abstract long? NextChange(AggregateMemory? memory, long? window, long now);

    private protected static long? Earlier(long? one, long? other) => one is null || other < one ? other ?? one : one;

    static string Text(ImmutableArray<string> names, Condition? where, string? property, string form)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
            if (where is not null)
            {
                json.WritePropertyName("where");
                json.WriteRawValue(where.ToJson());
            }
            if (property is not null)
                json.WriteString("property", property);
            json.WriteString("keep", form);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
