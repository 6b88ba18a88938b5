using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>When a message may leave: its author's window is open and no quiet hours hold (Semantics 10.1, 10.4).</summary>
/// <param name="Window">Null: its author lets it leave at any time.</param>
/// <param name="Place">Null: no quiet hours of the installation concern it.</param>
public readonly record struct Opening(SendWindow? Window, QuietHours Quiet, QuietPlace? Place, string Channel, MessagePurpose Purpose)
{
    public const string WindowReason = "window";
    public const string QuietReason = "quiet";

    /// <summary>Hours that never open for long enough do not keep a loop going: windows and quiet hours that exclude each other.</summary>
    const int LooksMost = 800;

    static readonly Duration LookedAhead = Duration.FromDays(366);

    public bool IsOpen(Instant at) => Window?.IsOpen(at) != false && (Place is not { } place || Quiet.At(at, Channel, Purpose, place) is null);

    /// <summary>The part of the spread that a message at this point waits: 0 to less than 1, stable for its contact.</summary>
    public static double Share(JourneyId journey, string point, ContactId contact) => (Hashes.Draw(journey, point, contact, "spread") >> 11) * (1.0 / (1UL << 53));

    /// <summary>Judges an instant.</summary>
    /// <param name="share">Which part of the spread this message waits beyond the opening: 0 to less than 1, stable for it.</param>
    /// <param name="worthUntil">From when on it is not worth sending; null: its author did not say.</param>
    /// <returns>Neither: it may leave. A wait until then, or the reason to skip it.</returns>
    public (Wait? Wait, string? Skip) Judge(Instant now, double share, Instant? worthUntil)
    {
        var (at, closes, spread, meant, zone, reason) = (now, Instant.MaxValue, Duration.Zero, default(LocalDateTime), DateTimeZone.Utc, (string?)null);
        for (var look = 0; look < LooksMost; look++)
        {
            if (Window is { } window)
            {
                var opening = window.Next(at);
                if (opening.Opens > at)
                {
                    if (window.Outside == OutsideWindow.Skip)
                        return (null, "outside-window");
                    (at, meant, zone, reason, spread) = (opening.Opens, opening.Meant, window.Zone, reason ?? WindowReason, Duration.Max(spread, window.Spread));
                    continue;
                }

                closes = opening.Closes;
            }

            if (Place is not { } place)
                break;
            if (Quiet.At(at, Channel, Purpose, place) is not { } quiet)
            {
                if (reason is not null && Quiet.Begin(at, Channel, Purpose, place) is { } begin && begin < closes)
                    closes = begin;
                break;
            }

            if (place.WhenQuiet == OutsideWindow.Skip)
            {
                // Held up by its window already: whether it is quiet when that opens is seen then.
                if (reason is not null)
                    break;
                return (null, "quiet-hours");
            }

            (at, meant, zone, reason, spread) = (quiet.Ends, quiet.Meant, place.Zone, reason ?? QuietReason, Duration.Max(spread, quiet.Rule.Spread));
        }

        if (reason is null)
            return (null, null);
        // What is never open at once is not waited for.
        if (at - now > LookedAhead)
            return (null, "expired");
        // Nobody is held up past what is open, or until after it is worth sending, for the sake of the spread.
        var last = worthUntil < closes ? worthUntil.Value : closes;
        var room = Duration.Min(spread, Duration.Max(last - at, Duration.Zero));
        var due = (at + room * share).Truncate();
        return due >= worthUntil ? (null, "expired") : (new(due, TimerQueue.Calendar, reason, LocalTimes.Intention(meant, zone, due - at)), null);
    }

    /// <summary>Until when what may leave at an instant may leave; <see cref="Instant.MaxValue"/>: always.</summary>
    public Instant Closes(Instant now)
    {
        var closes = Window?.Next(now).Closes ?? Instant.MaxValue;
        return Place is { } place && Quiet.Begin(now, Channel, Purpose, place) is { } begin && begin < closes ? begin : closes;
    }
}
