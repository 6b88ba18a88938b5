using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Definitions;

public sealed partial class CheckContext
{
    /// <summary>A condition: its own problems (codes <c>condition.…</c>), and whether what it names is there.</summary>
    public void Condition(Condition? condition, string field, ConditionPlace place)
    {
        if (condition is null)
            return;
        var properties = new Dictionary<string, ValueKind>(StringComparer.Ordinal);
        var path = $"{_path}/{field}";
        var scope = new ConditionScope
        {
            HasEvent = place != ConditionPlace.Segment,
            HasMessages = place == ConditionPlace.Inside,
            MessagePoints = Senders,
            PropertyTypes = References is AnyReferences ? null : properties,
        };
        var named = Parts(condition, field).ToList();
        foreach (var (part, _) in named)
            if (part is Condition.Property property && References.PropertyType(property.Name) is { } type)
                properties[property.Name] = type;
        _problems.AddRange(ConditionCompiler.Check(condition, path, _point, scope));

        foreach (var (part, at) in named)
            switch (part)
            {
                case Condition.List { Name: { Length: > 0 } list }:
                    List(list, $"{at}/name");
                    break;
                case Condition.Segment { Name: { Length: > 0 } segment }:
                    Segment(segment, $"{at}/name");
                    break;
                case Condition.Journey { Id: { Length: > 0 } journey } when journey != Definition.Id:
                    Journey(journey, $"{at}/journey");
                    break;
                case Condition.Property asked:
                    Uses(UsedKind.Property, asked.Name);
                    break;
                case Condition.Tag tag:
                    Uses(UsedKind.Tag, tag.Name);
                    break;
                case Condition.Event happened:
                    foreach (var name in happened.Events)
                        Uses(UsedKind.Event, name);
                    break;
                case Condition.Time time when ZoneChoice.Parse(time.Zone) is { } zone:
                    Uses(zone);
                    break;
                case Condition.Consent { Topic: { Length: > 0 } topic } when topic != "*":
                    Topic(topic, $"{at}/topic");
                    break;
            }
        if (place == ConditionPlace.EventFilter)
            foreach (var (part, at) in named)
                if (!IsOfEvents(part))
                    Error(ProblemCodes.ConditionWhere, at, "Here only the event's properties can be asked: use field, and all, any and not of them.");
    }

    static bool IsOfEvents(Condition part) => part is Conditions.Condition.Field or Conditions.Condition.All or Conditions.Condition.Any or Conditions.Condition.Not;

    /// <summary>The ids of the points that send messages; null while some could not be read.</summary>
    HashSet<string>? Senders => Points.Count > Definition.Points.Count
        ? null
        : Definition.Points.Where(point => point.Value.SendsMessages).Select(point => point.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>A point of this journey that sends messages.</summary>
    public void Sender(string point, string field)
    {
        if (point.Length > 0 && Senders is { } senders && !senders.Contains(point))
            Error(ProblemCodes.SenderMissing, field, $"No point '{point}' of this journey sends a message.", ("point", point));
    }

    /// <summary>Every node of the tree with its place; not inside filters of events, which name nothing but fields.</summary>
    // Without recursion: nesting is limited by the check that runs on the same tree, not before this.
    static IEnumerable<(Condition Part, string At)> Parts(Condition condition, string field)
    {
        var next = new Stack<(Condition Part, string At)>([(condition, field)]);
        while (next.TryPop(out var found))
        {
            yield return found;
            switch (found.Part)
            {
                case Condition.All all:
                    Push(all.Of, found.At);
                    break;
                case Condition.Any any:
                    Push(any.Of, found.At);
                    break;
                case Condition.Not not:
                    next.Push((not.Of, $"{found.At}/of"));
                    break;
            }
        }

        void Push(IReadOnlyList<Condition> of, string at)
        {
            for (var index = of.Count - 1; index >= 0; index--)
                next.Push((of[index], $"{at}/of/{index}"));
        }
    }
}
