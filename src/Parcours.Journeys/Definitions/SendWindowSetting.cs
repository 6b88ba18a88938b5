using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Definitions;

/// <summary>When a message may leave, as its author says it (Semantics 10.1, 10.4). Empty, it is always open.</summary>
public sealed record SendWindowSetting
{
    [Description("The days of the week on which it opens; without it, every day.")]
    public IReadOnlyList<IsoDayOfWeek>? Days { get; init; }

    [Description("From this time of day on: 09:00; with until. Without both, the whole day.")]
    public LocalTime? From { get; init; }

    [Description("Until this time of day, which is not part of it: 18:00. At or before from, that of the next day.")]
    public LocalTime? Until { get; init; }

    [Description("Where days and times hold: journey (without it), contact (its property timezone, else the journey's), or an IANA zone such as Europe/Paris.")]
    public string? Zone { get; init; }

    [Description("What becomes of a message outside of it: wait (without it) for the next opening, or skip.")]
    public OutsideWindow? Outside { get; init; }

    [Description("Over how long those who waited for it are sent to, from its opening on, each at a moment of its own: ISO 8601, up to P1D. Without it, all at the opening.")]
    public Duration? Spread { get; init; }

    WeekDays WeekDays => Days is { } days ? WeekDays.Of(days) : WeekDays.All;

    /// <param name="field">Where it stands, as the tail of a JSON pointer.</param>
    /// <param name="expiresAfter">How long a message may wait, where its author says so.</param>
    internal void Check(CheckContext check, string field, Duration? expiresAfter)
    {
        var readable = true;
        if (Days is { } days && (days.Count == 0 || days.Contains(IsoDayOfWeek.None)))
        {
            check.Error(ProblemCodes.WindowDays, $"{field}/days", "Name at least one day of the week, or leave days out for every day.");
            readable = false;
        }
        if (From is null != Until is null)
        {
            check.Error(ProblemCodes.WindowTimes, $"{field}/{(From is null ? "from" : "until")}", "Say both from when and until when, or neither for the whole day.");
            readable = false;
        }
        if (ZoneChoice.Parse(Zone) is { } zone)
            check.Uses(zone);
        else
            check.Error(ProblemCodes.ZoneUnknown, $"{field}/zone", $"'{Zone}' is no time zone; use journey, contact or an IANA name such as Europe/Paris.", ("zone", Zone ?? ""));
        if (Spread is { } spread && (spread < Duration.Zero || spread > SpreadMost))
            check.Error(ProblemCodes.WindowSpread, $"{field}/spread", "Spread it over a day at most: PT1H, for example.");
        if (!readable || Outside == OutsideWindow.Skip || expiresAfter is not { } most)
            return;
        var closed = SendWindow.LongestClosed(WeekDays, From ?? LocalTime.Midnight, Until ?? LocalTime.Midnight);
        if (closed >= most)
            check.Warning(ProblemCodes.WindowExpires, field,
                $"It is closed for up to {IsoDuration.Format(closed)}, and a message expires after {IsoDuration.Format(most)}: who comes here in between is skipped. Open it more often, or let messages wait longer.",
                ("closed", IsoDuration.Format(closed)), ("expiresAfter", IsoDuration.Format(most)));
    }

    /// <summary>A day: beyond it the next opening comes.</summary>
    public static Duration SpreadMost => Duration.FromDays(1);

    /// <summary>Only called when <see cref="Check"/> found no error.</summary>
    internal SendWindowPlan Compile() => new(WeekDays, From ?? LocalTime.Midnight, Until ?? LocalTime.Midnight, ZoneChoice.Parse(Zone)!, Outside ?? OutsideWindow.Wait, Spread ?? Duration.Zero);

    internal string Explain()
    {
        var days = Days is { } named ? string.Join(", ", named) : "every day";
        var times = (From, Until) is ({ } from, { } until) ? $" {Clock(from)} to {Clock(until)}" : "";
        return $"{days}{times} ({Zone ?? ZoneChoice.JourneyText} time)";
    }

    static string Clock(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
