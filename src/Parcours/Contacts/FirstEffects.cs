using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Contacts;

/// <summary>What happened on a day at a point, to those of a sample who came in on one day.</summary>
/// <param name="Entered">The day on which they came in: 0 is today.</param>
/// <param name="Day">The day on which it happened, likewise.</param>
readonly record struct Effect(string Point, int Entered, int Day);

/// <summary>The first days of a journey, seen ahead: some of those who may enter now are sent through it by the machine that does so in earnest, as they are, with nobody doing anything meanwhile. Nothing of it is kept.</summary>
/// <param name="Entered">How many of the sample came in on each day.</param>
/// <param name="Times">How often each happened: a message that would leave, another action that was done.</param>
sealed record FirstEffects(IReadOnlyList<int> Entered, IReadOnlyDictionary<Effect, int> Times, long Looked, Instant AsOf, DateTimeZone Zone)
{
    public const int Days = 7;

    /// <summary>Enough for a picture; each is a few bursts.</summary>
    const int TravellersMost = 30 * Days, BurstsMost = 200;

    static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <param name="definition">Without errors.</param>
    public static async Task<FirstEffects> OfAsync(IEngine engine, TimeProvider time, JourneyDefinition definition, long total, CancellationToken cancellationToken)
    {
        var (now, began) = (engine.Now, time.GetTimestamp());
        // From now on, whenever it may let people in, and without a queue before it.
        var open = definition with { Settings = (definition.Settings ?? new()) with { StartsAt = null, EndsAt = null, EntryRate = null } };
        List<Catalogue> beginnings = [.. Beginnings(open).Select(one => engine.Current.With([Live(one, engine.Current.Zone)]))];
        var plan = beginnings[0].Journeys[0].Versions[1];
        var missing = await MissingAsync(engine, open, cancellationToken);
        var (entered, times, looked, travelled) = (new int[Days], new Dictionary<Effect, int>(), 0L, 0);
        await foreach (var body in ContactSample.OfAsync(engine, total, cancellationToken))
        {
            if (travelled >= TravellersMost || looked > 0 && time.GetElapsedTime(began) > Budget)
                break;
            if (engine.Decode(body.Body.Span) is not { MergedInto: null, IsArchived: false } contact)
                continue;
            looked++;
            if (missing.Count > 0)
                await UnkeptMemory.GatherAsync(engine, contact, missing, now, cancellationToken);
            var day = travelled % Days;
            if (!new Traveller(beginnings[travelled % beginnings.Count], plan, contact).Travel(now, day, times))
                continue;
            entered[day]++;
            travelled++;
        }

        return new(entered, times, looked, now, plan.Zone);
    }

    /// <summary>The journey once for each of its starting points, as if somebody came in there by hand: what brings people in has not happened.</summary>
    static IEnumerable<JourneyDefinition> Beginnings(JourneyDefinition definition) =>
        definition.Start.Count == 0 ? [definition] : definition.Start.Select(start => definition with { Start = [new HandStart { Id = start.Id, Next = start.Next }] });

    static LiveJourney Live(JourneyDefinition definition, DateTimeZone zone)
    {
        var plan = JourneyCompiler.Compile(definition, 1, zone);
        return new(plan.Id, 0, JourneyStatus.Live, 1, ImmutableDictionary<int, JourneyPlan>.Empty.Add(1, plan), JourneyDials.Running);
    }

    static async ValueTask<IReadOnlyList<AggregateDefinition>> MissingAsync(IEngine engine, JourneyDefinition definition, CancellationToken cancellationToken)
    {
        var missing = new Dictionary<AggregateId, AggregateDefinition>();
        foreach (var condition in definition.Points.Values.SelectMany(point => point.Asked() ?? []).Append(definition.Settings?.Eligibility).Append(definition.Settings?.Exclusions).OfType<Condition>())
            foreach (var aggregate in await engine.Catalogue.MissingMemoryAsync(ConditionCompiler.Compile(condition), cancellationToken))
                missing[aggregate.Id] = aggregate;
        return [.. missing.Values];
    }

    /// <summary>One contact on its way.</summary>
    sealed class Traveller(Catalogue catalogue, JourneyPlan plan, Contact contact)
    {
        readonly BurstResult _result = new();
        long _sequence;

        /// <returns>False: the journey's rules do not let the contact in.</returns>
        public bool Travel(Instant now, int day, Dictionary<Effect, int> times)
        {
            var (at, until) = (now + Duration.FromDays(day), Midnight(now, Days));
            Run(new Stimulus.EnrolRequested(plan.Id, EventProperties.Empty), Origin.Person, at);
            if (_result.Entered is not { } enrolment)
                return false;
            for (var bursts = 0; bursts < BurstsMost; bursts++)
            {
                Note(enrolment, day, DayOf(at, now), times);
                if (_result.Orders.Find(static order => order.What is not null) is { } asked)
                    Run(new Stimulus.Answered(asked.Enrolment, asked.Ask, Granted(asked.What!)), Origin.Journey, at); // It was chosen for having one.
                else if (contact.Enrolments.FirstOrDefault(one => one.Id == enrolment)?.State is EnrolmentState.Waiting { Wait.Due: { } due } && due < until)
                    Run(new Stimulus.TimerDue(enrolment, due), Origin.Live, at = Instant.Max(at, due));
                else
                    break;
            }

            return true;
        }

        void Run(Stimulus stimulus, Origin origin, Instant at)
        {
            _result.Clear();
            Burst.Run(catalogue, contact, new(stimulus, origin, at, at, ++_sequence), _result);
        }

        void Note(EnrolmentId enrolment, int entered, int day, Dictionary<Effect, int> times)
        {
            var skipped = _result.Messages.Where(static message => message.Skip is not null).Select(static message => message.Point).ToHashSet(StringComparer.Ordinal);
            foreach (var trail in _result.Trails.Where(trail => trail.Enrolment == enrolment))
                foreach (var step in trail.Steps)
                    if (step.Edge is not (null or TrailStep.Entered) && !skipped.Contains(step.Point))
                        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(times, new(step.Point, entered, day), out _)++;
        }

        int DayOf(Instant at, Instant now) => Period.DaysBetween(now.InZone(plan.Zone).Date, at.InZone(plan.Zone).Date);

        Instant Midnight(Instant now, int days) => now.InZone(plan.Zone).Date.PlusDays(days).AtStartOfDayInZone(plan.Zone).ToInstant();

        /// <summary>There is a place, a code, somebody whose turn it is.</summary>
        static AllocatorAnswer Granted(AllocatorAsk asked) => new(true, asked.Among is [var first, ..] ? first.Name : "SAMPLE");
    }
}
