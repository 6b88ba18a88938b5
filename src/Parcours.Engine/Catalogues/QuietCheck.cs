using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Engine.Catalogues;

/// <summary>Reads quiet hours and calendars of holidays, and tells every problem of them.</summary>
static class QuietCheck
{
    const int DaysMost = 500;

    /// <summary>Quiet hours: channel, purpose, countries, days, holidays, from, until, spread.</summary>
    public static QuietRule? Rule(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (CatalogueCheck.Open(json, problems, "name", "channel", "purpose", "countries", "days", "holidays", "from", "until", "spread") is not { } root)
            return null;
        CatalogueCheck.Name(root, id, problems);
        var channel = CatalogueCheck.Text(root, "channel", problems) ?? "email";
        if (channel != "email")
            problems.Add(CatalogueCheck.Error("catalogue.quiet-channel", "/channel", $"'{channel}' is no channel that has quiet hours; use email."));
        var purpose = CatalogueCheck.Text(root, "purpose", problems) ?? "marketing";
        if (purpose is not ("marketing" or "all"))
            problems.Add(CatalogueCheck.Error("catalogue.quiet-purpose", "/purpose", $"'{purpose}' is not known; use marketing, or all to hold transactional messages too."));
        var countries = CatalogueCheck.Texts(root, "countries", problems);
        foreach (var country in countries)
            if (!IsCountry(country))
                problems.Add(CatalogueCheck.Error("catalogue.quiet-countries", "/countries", $"'{country}' is no country; use codes of ISO 3166 such as FR."));
        var holidays = CatalogueCheck.Flag(root, "holidays", problems);
        var days = Days(root, holidays, problems);
        var (from, until) = (Time(root, "from", problems), Time(root, "until", problems));
        if (from is null != until is null)
            problems.Add(CatalogueCheck.Error("catalogue.quiet-times", from is null ? "/from" : "/until", "Say both from when and until when, or neither for the whole day."));
        if (days == WeekDays.All && (from ?? LocalTime.Midnight) == (until ?? LocalTime.Midnight) && problems.Count == 0)
            problems.Add(CatalogueCheck.Error("catalogue.quiet-always", "/from", "It would always be quiet: leave some hours, or some days, in which messages may leave."));
        var spread = Duration.Zero;
        if (CatalogueCheck.Text(root, "spread", problems) is { } text && (!IsoDuration.TryParse(text, out spread) || spread < Duration.Zero || spread > SendWindowSetting.SpreadMost))
            problems.Add(CatalogueCheck.Error("catalogue.quiet-spread", "/spread", "Say over how long they leave afterwards: an ISO 8601 duration up to P1D, such as PT1H."));
        return problems.Count > 0 ? null : new(id, channel, purpose == "all", [.. countries], days, holidays, from ?? LocalTime.Midnight, until ?? LocalTime.Midnight, spread);
    }

    static WeekDays Days(JsonElement root, bool holidays, List<Problem> problems)
    {
        if (!root.TryGetProperty("days", out var value) || value.ValueKind == JsonValueKind.Null)
            return holidays ? default : WeekDays.All;
        var days = new List<IsoDayOfWeek>();
        foreach (var name in CatalogueCheck.Texts(root, "days", problems))
            if (Enum.TryParse<IsoDayOfWeek>(name, ignoreCase: true, out var day) && day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday && name.Length > 2)
                days.Add(day);
            else
                problems.Add(CatalogueCheck.Error("catalogue.quiet-days", "/days", $"'{name}' is no day of the week; use monday to sunday."));
        if (days.Count == 0 && !holidays && problems.Count == 0)
            problems.Add(CatalogueCheck.Error("catalogue.quiet-days", "/days", "Name at least one day of the week, or holidays, or leave days out for every day."));
        return WeekDays.Of(days);
    }

    static LocalTime? Time(JsonElement root, string field, List<Problem> problems)
    {
        if (CatalogueCheck.Text(root, field, problems) is not { } text)
            return null;
        if (LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text) is { Success: true, Value: var time })
            return time;
        problems.Add(CatalogueCheck.Error("catalogue.quiet-times", "/" + field, $"'{text}' is no time of day; use 21:00."));
        return null;
    }

    static bool IsCountry(string code) => Countries.ZoneOf(code) is not null;

    /// <summary>A country's own calendar: its days, each with a name.</summary>
    public static HolidayCalendar? Calendar(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (CatalogueCheck.Open(json, problems, "name", "days") is not { } root)
            return null;
        CatalogueCheck.Name(root, id, problems);
        if (!IsCountry(id))
            problems.Add(CatalogueCheck.Error("catalogue.holiday-country", "/name", $"'{id}' is no country; use its code of ISO 3166, such as FR."));
        if (!root.TryGetProperty("days", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            problems.Add(CatalogueCheck.Error("catalogue.holiday-days", "/days", "Name the days: a list of objects with on and name."));
            return null;
        }

        var days = ImmutableArray.CreateBuilder<HolidayDay>();
        foreach (var (index, item) in list.EnumerateArray().Index())
            if (item.ValueKind == JsonValueKind.Object && HolidayDay.Parse(item.TryGetProperty("on", out var on) && on.ValueKind == JsonValueKind.String ? on.GetString() : null) is { } day)
                days.Add(day);
            else
                problems.Add(CatalogueCheck.Error("catalogue.holiday-day", $"/days/{index}/on", "Say when it is: 12-25 for each year, 2026-05-04 for one, easter+1 for the day after Easter Sunday, 11-thursday-4 for a fourth Thursday."));
        if (days.Count > DaysMost)
            problems.Add(CatalogueCheck.Error("catalogue.holidays", "/days", $"A calendar has {DaysMost} days at most."));
        return problems.Count > 0 ? null : new(id, days.ToImmutable());
    }
}
