using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>Makes definitions of every shape that the types allow, by a seed: each optional field is there or not, each kind comes about.</summary>
sealed class DefinitionMaker(int seed)
{
    static readonly string[] Words = ["a", "order", "Straße", "naïve ✓", "quote\" \\ /", "line\nfeed", "</script>", "ключ", "0"];
    readonly Random _dice = new(seed);

    public JourneyDefinition Make() => (JourneyDefinition)Of(typeof(JourneyDefinition), 0)! with { Format = 1 };

    object? Of(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner, depth);
        if (type.IsEnum)
            return Pick(Enum.GetValues(type).Cast<object>().Where(value => value is not IsoDayOfWeek.None).ToArray());
        if (type == typeof(string))
            return Pick(Words) + _dice.Next(100);
        if (type == typeof(bool))
            return _dice.Next(2) == 0;
        if (type == typeof(int))
            return _dice.Next(-5, 1_000);
        if (type == typeof(decimal))
            return _dice.Next(0, 10_000) / 100m;
        if (type == typeof(Duration))
            return Duration.FromMilliseconds(_dice.NextInt64(1, 160_000_000_000));
        if (type == typeof(Instant))
            return Instant.FromUnixTimeMilliseconds(_dice.NextInt64(-1_000_000_000_000, 4_000_000_000_000));
        if (type == typeof(LocalDate))
            return new LocalDate(1970, 1, 1).PlusDays(_dice.Next(-30_000, 60_000));
        if (type == typeof(LocalTime))
            return LocalTime.FromSecondsSinceMidnight(_dice.Next(86_400));
        if (type == typeof(Value))
            return MakeValue();
        if (type == typeof(JsonElement))
            return JsonDocument.Parse($$"""{"{{JsonEncodedText.Encode((string)Of(typeof(string), depth)!)}}":[1,2.50,{"x":null,"y":[true]}]}""").RootElement.Clone();
        if (type == typeof(Condition) && depth > 6)
            return new Condition.Tag("leaf");
        if (type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(line => line.DerivedType).ToArray() is { Length: > 0 } kinds)
            return Of(Pick(kinds), depth + 1);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return MakeList(type.GetGenericArguments()[0], depth + 1);
        if (type == typeof(IReadOnlyDictionary<string, JsonElement>))
            return new Dictionary<string, JsonElement> { [$"input-{_dice.Next(1_000)}"] = (JsonElement)Of(typeof(JsonElement), depth + 1)! };
        if (type == typeof(OrderedDictionary<string, JourneyPoint>))
            return new OrderedDictionary<string, JourneyPoint>(Enumerable.Range(0, _dice.Next(1, 8)).Select(n => KeyValuePair.Create($"p{_dice.Next(1_000)}-{n}", (JourneyPoint)Of(typeof(JourneyPoint), depth + 1)!)));
        return MakeRecord(type, depth);
    }

    object MakeRecord(Type type, int depth)
    {
        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Maybe(parameter.ParameterType, nullability.Create(parameter).ReadState == NullabilityState.Nullable, depth))]);
        if (constructor.GetParameters().Length == 0)
            foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
                property.SetValue(made, Maybe(property.PropertyType, nullability.Create(property).ReadState == NullabilityState.Nullable, depth));
        return made;
    }

    object? Maybe(Type type, bool optional, int depth) => optional && _dice.Next(2) == 0 ? null : Of(type, depth);

    Array MakeList(Type item, int depth)
    {
        var items = Array.CreateInstance(item, depth > 6 ? 1 : _dice.Next(1, 4));
        for (var index = 0; index < items.Length; index++)
            items.SetValue(Of(item, depth), index);
        return items;
    }

    Value MakeValue() => _dice.Next(6) switch
    {
        0 => Value.Of((string)Of(typeof(string), 0)!),
        1 => Value.Of(_dice.Next(-1_000_000, 1_000_000) / 1_000m),
        2 => Value.Of(_dice.Next(2) == 0),
        3 => Value.Of((LocalDate)Of(typeof(LocalDate), 0)!),
        4 => Value.Of((Instant)Of(typeof(Instant), 0)!),
        _ => Value.Of(Words.Take(_dice.Next(4)).ToList()),
    };

    T Pick<T>(T[] of) => of[_dice.Next(of.Length)];
}
