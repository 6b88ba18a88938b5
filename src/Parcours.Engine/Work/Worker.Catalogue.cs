using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Work;

/// <summary>What the catalogue's commands need of the worker; all of it on the worker's thread.</summary>
sealed partial class Worker
{
    readonly List<Action> _afterCommit = [];
    /// <summary>What comes to whole journeys by the clock, earliest first; of one instant, ends before the rest.</summary>
    readonly List<JourneyMoment> _moments = [];

    /// <summary>Declares property names seen for the first time, within the turn.</summary>
    public Func<IStoreUnit, IReadOnlyCollection<string>, Instant, CancellationToken, ValueTask> NamesSeenAsync { get; set; } = (_, _, _, _) => ValueTask.CompletedTask;

    /// <summary>The highest number of a contact.</summary>
    public long LastContact { get; private set; }
    public bool HasContacts => _isBehindAnywhere || LastContact > 0;
    public bool HasEvents => HasContacts;
    /// <summary>Whether all partitions of this process have come so far in their journals.</summary>
    public bool HavePassed(long sequence) => Partitions.All(partition => _states[partition.Index].Cursor >= sequence);

    /// <summary>The last entry of any partition.</summary>
    public long LastSequence => _states.Max(state => state.Tail);

    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Control entries that the catalogue appended and carried out itself. Cursor and clock go into their commit: whoever starts anew must not run what fell due in a pause as of a time before its end (Semantics 1.3).</summary>
    public async ValueTask PassedAsync(IStoreUnit unit, IReadOnlyList<JournalEntry> entries, Instant now, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            Tail(unit, entry);
            Advance(entry.Partition, now);
            _states[entry.Partition.Index] = _states[entry.Partition.Index] with { Cursor = entry.Sequence };
        }

        var writes = new WriteSet();
        AddStates(writes);
        await unit.WriteAsync(writes, cancellationToken);
    }

    /// <summary>Contacts are read anew, since what is kept of them may have changed; so are the ends of journeys and what was held.</summary>
    public void CatalogueChanged()
    {
        Cache.Clear();
        (_nextPending, _heldUpTo) = (Instant.MinValue, null);
        LookWhetherHeld();
        _paused.Clear();
        foreach (var journey in State.Catalogue.Journeys)
            if (journey.Dials.PausedAt is not null)
                _paused.Add(journey.Id);
        _moments.Clear();
        foreach (var journey in State.Catalogue.Journeys)
        {
            if (journey.Status is JourneyStatus.Live or JourneyStatus.Paused && journey.Versions.TryGetValue(journey.Newest, out var plan) && plan.EndsAt is { } end)
                _moments.Add(new(end, journey.Id, MomentKind.End));
            if (journey.Status == JourneyStatus.Paused && journey.Dials.ResumesAt is { } resume)
                _moments.Add(new(resume, journey.Id, MomentKind.Resume));
            if (journey.Status == JourneyStatus.Live && journey.Dials.PausesAt is { } pause)
                _moments.Add(new(pause, journey.Id, MomentKind.Pause));
            if (journey.NextOccurrence is { } next)
                _moments.Add(new(next, journey.Id, MomentKind.Occurrence));
            if (journey.NextJudgement is { } judgement)
                _moments.Add(new(judgement, journey.Id, MomentKind.Judgement));
        }

        ArmLines();
        SortMoments();
    }

    void SortMoments() => _moments.Sort((left, right) => left.At != right.At ? left.At.CompareTo(right.At) : left.Kind.CompareTo(right.Kind));

    /// <summary>The experiments of a journey are looked at again then; what is decided meanwhile changes the catalogue, and its moments with it.</summary>
    public void JudgeAgain(JourneyId journey, Instant at)
    {
        for (var index = 0; index < _moments.Count; index++)
            if (_moments[index] is { Kind: MomentKind.Judgement } moment && moment.Journey == journey)
                _moments[index] = moment with { At = at };
        SortMoments();
    }

    /// <summary>The next end of a journey (Semantics 6.8), begin or end of a pause (8.2), or moment of its schedules (6.12) or experiments (6.13).</summary>
    public JourneyMoment? NextMoment => _moments.Count > 0 ? _moments[0] : null;
}

/// <summary>What comes to a whole journey by the clock, in the order of one instant.</summary>
enum MomentKind
{
    End = 0,
    /// <summary>Of a pause that was to end by itself.</summary>
    Resume = 1,
    /// <summary>That was set.</summary>
    Pause = 2,
    /// <summary>Of its schedules.</summary>
    Occurrence = 3,
    /// <summary>Of its experiments, where the engine chooses the winner.</summary>
    Judgement = 4,
}

/// <summary>When what comes.</summary>
readonly record struct JourneyMoment(Instant At, JourneyId Journey, MomentKind Kind);
