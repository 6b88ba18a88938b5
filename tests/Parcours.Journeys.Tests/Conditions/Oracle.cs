using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>The language once more, as simply as can be: over the whole list of events and the whole history of edits, with no memory and no thought of speed.</summary>
/// <param name="known">What had arrived by then is known; <c>now</c> may be later.</param>
public sealed class Oracle(Scenario scenario, Instant known)
{
    public bool Holds(Condition condition, Instant now) => condition switch
    {
        Condition.All all => all.Of.All(part => Holds(part, now)),
        Condition.Any any => any.Of.Any(part => Holds(part, now)),
        Condition.Not not => !Holds(not.Of, now),
        Condition.Tag tag => Last<ContactEdit>(edit => edit is ContactEdit.AddTag add && add.Tag == tag.Name || edit is ContactEdit.RemoveTag remove && remove.Tag == tag.Name) is ContactEdit.AddTag,
        Condition.List list => Last<ContactEdit>(edit => edit is ContactEdit.JoinList join && join.List == list.Name || edit is ContactEdit.LeaveList leave && leave.List == list.Name) is ContactEdit.JoinList,
        Condition.Segment segment => segment.Name == "vip" && scenario.Seed % 2 == 0,
        Condition.Consent consent => (Consent("*") == ConsentState.Refused ? ConsentState.Refused : Consent(consent.Topic)) == consent.Is,
        Condition.Property property => Compare(
            Last<ContactEdit.SetProperty>(set => set.Name == property.Name)?.Value ?? Value.None, property.Is, property.Value, property.Values, property.Duration, property.IgnoreCase, now, scenario.Zone),
        Condition.Field field => Field(field, scenario.Events.FirstOrDefault(), now, scenario.Zone),
        Condition.Message message => Message(message),
        Condition.Event happened => Events(happened, now),
        _ => throw new InvalidOperationException(),
    };

    T? Last<T>(Func<T, bool> wanted) where T : ContactEdit =>
        scenario.Edits.Where(edit => edit.At <= known).Select(edit => edit.Order).OfType<T>().LastOrDefault(wanted);

    ConsentState Consent(string topic) => Last<ContactEdit.SetConsent>(set => set.Topic == topic)?.State ?? ConsentState.Unknown;

    static bool Field(Condition.Field field, ContactEvent? occurred, Instant now, DateTimeZone zone) =>
        Compare(occurred?.Properties[field.Name] ?? Value.None, field.Is, field.Value, field.Values, field.Duration, field.IgnoreCase, now, zone);

    bool Message(Condition.Message asked)
    {
        var highest = scenario.Messages.Where(message => message.Point == asked.Point).Select(message => message.Visit).DefaultIfEmpty().Max();
        if (scenario.Messages.LastOrDefault(message => message.Point == asked.Point && message.Visit == highest) is not { } latest)
            return false;
        var clicked = latest.Clicked || latest.Status == MessageStatus.Clicked;
        var opened = clicked || latest.Opened || latest.Status == MessageStatus.Opened;
        var delivered = opened || latest.Status is MessageStatus.Delivered or MessageStatus.Complained;
        return asked.Is switch
        {
            MessageIs.Clicked => clicked,
            MessageIs.Opened => opened,
            MessageIs.Delivered => delivered,
            MessageIs.Sent => delivered || latest.Status is MessageStatus.Sent or MessageStatus.Bounced,
            MessageIs.Bounced => latest.Status == MessageStatus.Bounced,
            MessageIs.Skipped => latest.Status == MessageStatus.Skipped,
            _ => latest.Status == MessageStatus.Failed,
        };
    }

    bool Events(Condition.Event asked, Instant now)
    {
        var counting = scenario.Events
            .Where(occurred => occurred.ReceivedAt <= known && occurred.OccurredAt <= now)
            .Where(occurred => asked.Events.Contains(occurred.Name))
            .Where(occurred => asked.Where is null || Where(asked.Where, occurred))
            .Where(occurred => asked.Window?.Last is not { } last || occurred.OccurredAt > now - last)
            .Where(occurred => asked.Window?.From is not { } from || occurred.OccurredAt >= from)
            .Where(occurred => asked.Window?.To is not { } to || occurred.OccurredAt < to)
            .OrderBy(occurred => occurred.OccurredAt).ThenBy(occurred => occurred.Sequence).ToList();
        if (asked.Is is Comparison.Did or Comparison.DidNot)
            return counting.Count > 0 == (asked.Is == Comparison.Did);
        var numbers = counting.Select(occurred => occurred.Properties[asked.PropertyName ?? ""]).Where(value => value.Kind == ValueKind.Number).Select(value => value.AsNumber).ToList();
        var edge = asked.Function == EventFunction.First ? counting.FirstOrDefault() : counting.LastOrDefault();
        var actual = asked.Function switch
        {
            EventFunction.Sum => Value.Of(numbers.Sum()),
            EventFunction.Min => numbers.Count == 0 ? Value.None : Value.Of(numbers.Min()),
            EventFunction.Max => numbers.Count == 0 ? Value.None : Value.Of(numbers.Max()),
            EventFunction.First or EventFunction.Last => edge is null ? Value.None : asked.PropertyName is null ? Value.Of(edge.OccurredAt) : edge.Properties[asked.PropertyName],
            EventFunction.Distinct => Value.Of((decimal)counting.Select(occurred => occurred.Properties[asked.PropertyName!]).Where(value => !value.IsNone).Distinct().Count()),
            _ => Value.Of((decimal)counting.Count),
        };
        return Compare(actual, asked.Is, asked.Value, asked.Values, asked.Duration, asked.IgnoreCase, now, scenario.Zone);
    }

    static bool Where(Condition condition, ContactEvent occurred) => condition switch
    {
        Condition.Any any => any.Of.Any(part => Where(part, occurred)),
        Condition.All all => all.Of.All(part => Where(part, occurred)),
        Condition.Not not => !Where(not.Of, occurred),
        _ => Field((Condition.Field)condition, occurred, default, DateTimeZone.Utc),
    };

    static bool Compare(Value actual, Comparison comparison, Value? value, IReadOnlyList<Value>? values, Duration? duration, bool? ignoreCase, Instant now, DateTimeZone zone)
    {
        string Cased(string text) => ignoreCase == false ? text : text.ToUpperInvariant();
        bool Is(Value wanted) => (actual.Kind, wanted.Kind) switch
        {
            (ValueKind.Text, ValueKind.Text) => Cased(actual.AsText) == Cased(wanted.AsText),
            (ValueKind.Texts, ValueKind.Texts) => actual.AsTexts.Select(Cased).ToHashSet().SetEquals(wanted.AsTexts.Select(Cased)),
            (ValueKind.Boolean, ValueKind.Boolean) => actual.AsBoolean == wanted.AsBoolean,
            _ => Order(wanted) == 0,
        };
        bool IsOrHas(Value wanted) => actual.Kind == ValueKind.Texts && wanted.Kind == ValueKind.Text ? actual.AsTexts.Select(Cased).Contains(Cased(wanted.AsText)) : Is(wanted);
        int? Order(Value wanted) => wanted.Kind switch
        {
            ValueKind.Number when actual.Kind == ValueKind.Number => decimal.Compare(actual.AsNumber, wanted.AsNumber),
            ValueKind.DateTime when AsInstant(actual, zone) is { } at => at.CompareTo(wanted.AsInstant),
            ValueKind.Date when AsInstant(actual, zone) is { } at => at.InZone(zone).Date.CompareTo(wanted.AsDate),
            _ => null,
        };
        return comparison switch
        {
            Comparison.Equals => Is(value!.Value),
            Comparison.NotEquals => !Is(value!.Value),
            Comparison.In => values!.Any(IsOrHas),
            Comparison.NotIn => !values!.Any(IsOrHas),
            Comparison.Contains or Comparison.NotContains => (comparison == Comparison.Contains) == (actual.Kind switch
            {
                ValueKind.Text => Cased(actual.AsText).Contains(Cased(value!.Value.AsText), StringComparison.Ordinal),
                ValueKind.Texts => IsOrHas(value!.Value),
                _ => false,
            }),
            Comparison.StartsWith => actual.Kind == ValueKind.Text && Cased(actual.AsText).StartsWith(Cased(value!.Value.AsText), StringComparison.Ordinal),
            Comparison.EndsWith => actual.Kind == ValueKind.Text && Cased(actual.AsText).EndsWith(Cased(value!.Value.AsText), StringComparison.Ordinal),
            Comparison.LessThan or Comparison.Before => Order(value!.Value) < 0,
            Comparison.AtMost => Order(value!.Value) <= 0,
            Comparison.GreaterThan or Comparison.After => Order(value!.Value) > 0,
            Comparison.AtLeast => Order(value!.Value) >= 0,
            Comparison.Between => Order(values![0]) >= 0 && Order(values[1]) <= 0,
            Comparison.Known => !actual.IsNone,
            Comparison.Unknown => actual.IsNone,
            Comparison.WithinLast => AsInstant(actual, zone) is { } at && at > now - duration!.Value && at <= now,
            Comparison.WithinNext => AsInstant(actual, zone) is { } at && at > now && at <= now + duration!.Value,
            Comparison.LongerAgoThan => AsInstant(actual, zone) is { } at && at <= now - duration!.Value,
            // Day by day: so slow that it cannot be wrong in the same way.
            Comparison.Anniversary => AsInstant(actual, zone) is { } at && IsRound(at.InZone(zone).Date, now.InZone(zone).Date),
            Comparison.AnniversaryWithinNext => AsInstant(actual, zone) is { } at && Enumerable.Range(1, (int)duration!.Value.TotalDays + 2).Select(days => now.InZone(zone).Date.PlusDays(days))
                .Any(day => IsRound(at.InZone(zone).Date, day) && zone.AtStartOfDay(day).ToInstant() is var begins && begins > now && begins <= now + duration!.Value),
            _ => throw new InvalidOperationException(),
        };
    }

    static bool IsRound(LocalDate date, LocalDate day) =>
        day.Year > date.Year && (day.Month, day.Day) == (date.Month == 2 && date.Day == 29 && !CalendarSystem.Iso.IsLeapYear(day.Year) ? (2, 28) : (date.Month, date.Day));

    public static Instant? AsInstant(Value value, DateTimeZone zone) => value.Kind switch
    {
        ValueKind.DateTime => value.AsInstant,
        ValueKind.Date => zone.AtStartOfDay(value.AsDate).ToInstant(),
        ValueKind.Text when LocalDatePattern.Iso.Parse(value.AsText) is { Success: true } date => zone.AtStartOfDay(date.Value).ToInstant(),
        ValueKind.Text when InstantPattern.ExtendedIso.Parse(value.AsText) is { Success: true } at => at.Value,
        _ => null,
    };
}
