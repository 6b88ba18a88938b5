using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Starting points that wait for nothing to happen (Semantics 6.14): what was left lying is remembered of the contact until its time comes by the one flip timer (7.6), or something ends it.</summary>
sealed partial class BurstRun
{
    /// <summary>What has come to count as abandoned by this stimulus, each with the event that it stands for.</summary>
    readonly List<(StartAt At, ContactEvent Left)> _left = [];
    readonly List<(JourneyId Journey, string Start)> _lapsed = [];

    /// <summary>An event begins, or ends, what may be abandoned. Ending is eager: a late purchase, or one that an import brings, ends it as well.</summary>
    void Watch(in Heard heard, ContactEvent occurred)
    {
        if (_index.Event(occurred.Name) is not { Abandons.Length: > 0 } concerned)
            return;
        foreach (var at in concerned.Abandons)
        {
            var start = StartOf(at);
            var key = KeyOf(at);
            var held = _contact.Abandoned.TryGetValue(key, out var mark) ? mark : null;
            if (start.Sent is { } messages)
                Answer(key, messages, held, occurred);
            else if (start.Abandonment!.Ends(occurred.Name))
            {
                // What happened before it was left says nothing of it.
                if (held is null || occurred.OccurredAt >= held.At)
                    End(key, start.Abandonment, occurred.OccurredAt);
            }
            else if (!(held is { IsEnded: true } && occurred.OccurredAt <= held.At) && heard.Starts && (heard.Origin != Origin.Import || start.TakesImports))
            {
                var next = start.Abandonment.After(held, occurred, _now);
                _contact.Abandoned[key] = next;
                _result.ContactChanged = true;
                Expect(next.Due);
            }
        }
    }

    /// <summary>As long as older events may come, it is remembered that it has ended.</summary>
    void End((JourneyId Journey, string Start) key, Abandonment abandonment, Instant at)
    {
        if (at + _catalogue.Limits.LateAfter > _now)
            _contact.Abandoned[key] = AbandonMark.Ended(abandonment.Rule, at);
        else if (!_contact.Abandoned.Remove(key))
            return;
        _result.ContactChanged = true;
    }

    /// <summary>Where the contact is stored anyway: what can come to nothing any more.</summary>
    void ForgetAbandoned()
    {
        if (_contact.Abandoned.Count == 0 || !_result.ContactChanged)
            return;
        foreach (var (key, mark) in _contact.Abandoned)
            if (mark.Due is null && (_index.TimedStart(key) is not { } at || StartOf(at).Abandonment is not { } now || mark.At + (mark.IsEnded ? _catalogue.Limits.LateAfter : now.Within) <= _now))
                _lapsed.Add(key);
        foreach (var key in _lapsed)
            _contact.Abandoned.Remove(key);
        _lapsed.Clear();
    }

    /// <summary>What is due by now has come, once.</summary>
    void TakeAbandoned()
    {
        if (_contact.Abandoned.Count == 0)
            return;
        foreach (var (key, mark) in _contact.Abandoned)
            if (mark.Due <= _now)
                _lapsed.Add(key);
        foreach (var key in _lapsed)
        {
            var mark = _contact.Abandoned[key];
            _contact.Abandoned.Remove(key);
            _result.ContactChanged = true;
            // Of a journey that is over, or of a version that said something else: it is forgotten.
            if (_index.TimedStart(key) is { } at && StartOf(at).Abandonment?.Rule == mark.Rule)
            {
                _come.Add(at);
                _left.Add((at, new() { Name = mark.Event, OccurredAt = mark.At, ReceivedAt = mark.At, Properties = mark.Data }));
            }
            else if (_index.TimedStart(key) is { } waiting && StartOf(waiting).Sent is { } messages && messages.Rule == mark.Rule)
                TakeUnanswered(waiting, key, messages, mark);
        }

        _lapsed.Clear();
    }

    /// <summary>What was left lying, where that is what has come.</summary>
    ContactEvent? LeftAt(StartAt start)
    {
        foreach (var (at, left) in _left)
            if (at == start)
                return left;
        return null;
    }

    /// <summary>What the other left lying is left by this one; of both, the later.</summary>
    void MergeAbandoned(Contact other)
    {
        foreach (var (key, theirs) in other.Abandoned)
            if (!_contact.Abandoned.TryGetValue(key, out var own))
                _contact.Abandoned[key] = theirs;
            else if (_index.TimedStart(key) is { } at && StartOf(at).Sent is { } messages && own.Rule == messages.Rule && theirs.Rule == messages.Rule)
                _contact.Abandoned[key] = messages.United(own, theirs);
            else if (theirs.At > own.At)
                _contact.Abandoned[key] = theirs;
    }
}
