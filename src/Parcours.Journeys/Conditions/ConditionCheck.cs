using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Conditions;

/// <summary>Looks through one condition for everything that is wrong with it.</summary>
sealed partial class ConditionCheck(ConditionScope scope, string? point)
{
    internal const int DeepestNesting = 50;
    /// <summary>How far a count may be compared: what a contact keeps grows with it.</summary>
    internal const decimal HighestCount = 1_000_000;
    static readonly Duration LongestWindow = Duration.FromDays(5 * 366);

    readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();
    int _leaves;

    internal ImmutableArray<Problem> Run(Condition condition, string path)
    {
        Look(condition, path, 1, inWhere: false);
        if (_leaves > Condition.LeavesMost)
            Error("condition.leaves", path, $"The condition has {_leaves} comparisons; at most {Condition.LeavesMost} are possible. Make a segment of some of them and name it here.",
                ("count", _leaves), ("most", Condition.LeavesMost));
        return _problems.ToImmutable();
    }

    void Look(Condition? condition, string path, int depth, bool inWhere)
    {
        if (condition is null)
        {
            Error("condition.missing", path, "A condition is missing here.");
            return;
        }
        if (depth > DeepestNesting)
        {
            Error("condition.depth", path, $"Conditions nest at most {DeepestNesting} deep. Make a segment of the inner ones and name it here.", ("most", DeepestNesting));
            return;
        }
        switch (condition)
        {
            case Condition.All all:
                var before = _problems.Count;
                Group(all.Of, path, depth, inWhere);
                // Parts that are wrong in themselves say nothing that could contradict.
                if (_problems.Count == before)
                    Contradictions(all.Of, path);
                return;
            case Condition.Any any:
                Group(any.Of, path, depth, inWhere);
                return;
            case Condition.Not not:
                Look(not.Of, path + "/of", depth + 1, inWhere);
                return;
        }
        _leaves += inWhere ? 0 : 1;
        if (inWhere && condition is not Condition.Field)
        {
            Error("condition.where", path, "A filter of events asks for properties of the event only: use field, and all, any and not of them.");
            return;
        }
        Leaf(condition, path, depth, inWhere);
    }

    void Group(IReadOnlyList<Condition> of, string path, int depth, bool inWhere)
    {
        if (of.Count == 0)
            Error("condition.empty", path + "/of", "Nothing is listed here. Add at least one condition, or remove the group.");
        for (var index = 0; index < of.Count; index++)
            Look(of[index], $"{path}/of/{index.ToString(CultureInfo.InvariantCulture)}", depth + 1, inWhere);
    }

    void Leaf(Condition condition, string path, int depth, bool inWhere)
    {
        switch (condition)
        {
            case Condition.Property property:
                Name(property.Name, path + "/name");
                var type = scope.PropertyTypes is { } types ? types.TryGetValue(property.Name, out var known) ? known : UnknownProperty(property.Name, path) : (ValueKind?)null;
                Compare(new(property.Is, property.Value, property.Values, property.Duration, property.IgnoreCase), path, type is ValueKind.None ? null : type);
                break;
            case Condition.Field field:
                Name(field.Name, path + "/name");
                if (!inWhere && !scope.HasEvent)
                    Error("condition.field", path, "There is no event here whose property could be asked for. Ask for a property of the contact, or for events.");
                if (inWhere && ValueTest.IsRelative(field.Is))
                    Error("condition.where", path + "/is", "A filter of events cannot depend on today's time. Use a window, or a fixed date.");
                Compare(new(field.Is, field.Value, field.Values, field.Duration, field.IgnoreCase), path, null);
                break;
            case Condition.Tag tag:
                Name(tag.Name, path + "/name");
                break;
            case Condition.List list:
                Name(list.Name, path + "/name");
                break;
            case Condition.Segment segment:
                Name(segment.Name, path + "/name");
                if (scope.Segments?.Contains(segment.Name) == false)
                    Error("condition.segment.unknown", path + "/name", $"There is no segment '{segment.Name}'.", ("name", segment.Name));
                break;
            case Condition.Journey journey:
                Name(journey.Id, path + "/journey");
                if (journey.Point is not null)
                    Name(journey.Point, path + "/point");
                break;
            case Condition.Consent consent:
                Name(consent.Channel, path + "/channel");
                Name(consent.Topic, path + "/topic");
                if (consent.Topic != "*" && scope.Topics?.Contains(consent.Topic) == false)
                    Error("condition.topic.unknown", path + "/topic", $"There is no topic '{consent.Topic}'.", ("name", consent.Topic));
                break;
            case Condition.Event happened:
                Events(happened, path, depth);
                break;
            case Condition.Message message:
                Message(message, path);
                break;
            case Condition.Time time:
                Time(time, path);
                break;
            case Condition.LastMessages last:
                if (last.Count is < 1 or > LastMessagesAggregate.Most)
                    Error("condition.limit", path + "/count", $"From 1 to {LastMessagesAggregate.Most} messages can be looked at.", ("max", LastMessagesAggregate.Most.ToString(CultureInfo.InvariantCulture)));
                if (last.Channel is not null)
                    Name(last.Channel, path + "/channel");
                break;
        }
    }

    void Time(Condition.Time time, string path)
    {
        if (!scope.HasEvent)
            Error("condition.time", path, "What day or hour it is changes for everybody at once: ask for it in a journey, not here.");
        if (time.Days is { } days && (days.Count == 0 || days.Contains(IsoDayOfWeek.None)))
            Error(ProblemCodes.WindowDays, path + "/days", "Name at least one day of the week, or leave days out for every day.");
        if (time.From is null != time.Until is null)
            Error(ProblemCodes.WindowTimes, $"{path}/{(time.From is null ? "from" : "until")}", "Say both from when and until when, or neither for the whole day.");
        else if (time.From is null && time.Days is null)
            Error(ProblemCodes.WindowTimes, path + "/days", "Say on which days, or from when until when: as it stands it always holds.");
        if (ZoneChoice.Parse(time.Zone) is null)
            Error(ProblemCodes.ZoneUnknown, path + "/zone", $"'{time.Zone}' is no time zone; use journey, contact or an IANA name such as Europe/Paris.", ("zone", time.Zone ?? ""));
    }

    ValueKind? UnknownProperty(string name, string path)
    {
        Warning("condition.property.unknown", path + "/name", $"No contact has a property '{name}' so far.", ("name", name));
        return null;
    }

    void Message(Condition.Message message, string path)
    {
        Name(message.Point, path + "/point");
        if (!scope.HasMessages)
            Error("condition.message", path, "There is no journey here whose messages could be asked for.");
        else if (scope.MessagePoints?.Contains(message.Point) == false)
            Error("condition.message.point", path + "/point", $"No point '{message.Point}' of this journey sends a message.", ("point", message.Point));
        if (message.Link is not null && message.Is != MessageIs.Clicked)
            Error("condition.unused", path + "/link", "A link goes with clicked only. Remove it.", ("field", "link"));
    }

    void Events(Condition.Event happened, string path, int depth)
    {
        if (happened.Events.Count == 0)
            Error("condition.empty", path + "/events", "No event is named. Name at least one.");
        for (var index = 0; index < happened.Events.Count; index++)
            Name(happened.Events[index], $"{path}/events/{index.ToString(CultureInfo.InvariantCulture)}");
        if (happened.Where is { } where)
            Look(where, path + "/where", depth + 1, inWhere: true);
        Window(happened.Window, path + "/window");

        var plain = happened.Is is Comparison.Did or Comparison.DidNot;
        var function = happened.Function ?? EventFunction.Count;
        if (plain && happened.Function is not null)
            Error("condition.unused", path + "/function", "Did and didNot take no function. Remove it, or compare.", ("field", "function"));
        if (function is EventFunction.Sum or EventFunction.Min or EventFunction.Max or EventFunction.Distinct && !plain)
            Name(happened.PropertyName, path + "/property");
        else if (happened.PropertyName is not null && (plain || function is EventFunction.Count))
            Error("condition.unused", path + "/property", "Counting looks at no property. Remove it, or put it into where.", ("field", "property"));

        var comparing = new Comparing(happened.Is, happened.Value, happened.Values, happened.Duration, happened.IgnoreCase);
        if (plain)
            Unused(comparing, path, takesValue: false, takesValues: false, takesDuration: false);
        else
            Compare(comparing, path, function is EventFunction.First or EventFunction.Last ? happened.PropertyName is null ? ValueKind.DateTime : null : ValueKind.Number);
        if (!plain && function is EventFunction.Count or EventFunction.Distinct)
            foreach (var value in happened.Values ?? (happened.Value is { } one ? [one] : []))
                if (value.Kind == ValueKind.Number && value.AsNumber > (function == EventFunction.Count ? HighestCount : Fold.Different.Most))
                    Error("condition.limit", path + "/value", function == EventFunction.Count
                        ? "Counts are compared up to 1,000,000."
                        : "Different values are counted up to 10,000, which means 10,000 or more.");
    }

    void Window(EventWindow? window, string path)
    {
        if (window is null)
            return;
        if (window.Last is { } last)
        {
            if (window.From is not null || window.To is not null)
                Error("condition.window", path, "A window is either the last so-and-so long, or from and to. Remove one of them.");
            Length(last, path + "/last");
        }
        else if (window.From is null && window.To is null)
            Error("condition.window", path, "Say how long the window is (last), or where it begins or ends (from, to); without a window all events count.");
        else if (window.From >= window.To)
            Error("condition.window", path, "The window ends before it begins.");
    }

    void Length(Duration duration, string path)
    {
        if (duration <= Duration.Zero || duration > LongestWindow || duration.TotalTicks < 10)
            Error("condition.duration", path, "A duration must be longer than nothing and at most five years.");
    }

    void Name(string? name, string path)
    {
        if (string.IsNullOrWhiteSpace(name))
            Error("condition.name", path, "A name is missing here.");
    }

    void Error(string code, string path, string text, params ReadOnlySpan<(string Name, object Value)> arguments) => Add(Severity.Error, code, path, text, arguments);
    void Warning(string code, string path, string text, params ReadOnlySpan<(string Name, object Value)> arguments) => Add(Severity.Warning, code, path, text, arguments);

    void Add(Severity severity, string code, string path, string text, ReadOnlySpan<(string Name, object Value)> arguments)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
            told[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        _problems.Add(new(severity, code, path, point, text, told.Count == 0 ? null : told));
    }
}
