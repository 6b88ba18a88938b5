using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Simulation.Tests;

/// <summary>What holds at every rest, whatever happened.</summary>
static class Invariants
{
    public static async Task HoldAsync(IEngine engine, string when, CancellationToken cancellationToken)
    {
        var snapshot = await Snapshot.OfAsync(engine, cancellationToken);
        var broken = new List<string>();
        Places(snapshot, broken);
        Erased(snapshot, broken);
        Counting(snapshot, broken);
        Trails(snapshot, broken);
        Messages(snapshot, broken);
        Caps(snapshot, engine.Current.Caps, broken);
        Quiet(snapshot, engine.Current.Quiet, broken);
        Experiments.Hold(snapshot, engine.Current.Journeys, (holds, what) => Check(holds, broken, what));
        Allocations(snapshot, engine, broken);
        Held(snapshot, engine.Current, broken);
        Memberships(snapshot, broken);
        Tasks(snapshot, broken);
        foreach (var state in await engine.Queries.StatesAsync(cancellationToken))
            Check(state.Cursor == state.Tail, broken, $"partition {state.Partition} has processed {state.Cursor} of {state.Tail}");
        foreach (var letter in await engine.Queries.DeadLettersAsync(10, cancellationToken))
            broken.Add($"dead letter {letter.Sequence}: {letter.Why}");
        Assert.True(broken.Count == 0, $"{when}: {broken.Count} broken\n  " + string.Join("\n  ", broken.Take(20)));
    }

    static void Check(bool holds, List<string> broken, string what)
    {
        if (!holds)
            broken.Add(what);
    }

    static bool WasSent(MessageRow row) => row.Status is MessageStatus.Sent or MessageStatus.Opened or MessageStatus.Clicked;

    /// <summary>Nobody is in two places: the contact's body and the rows tell the same of who waits where.</summary>
    static void Places(Snapshot snapshot, List<string> broken)
    {
        var bodies = snapshot.Contacts.SelectMany(contact => contact.Enrolments).Select(Place).Order(StringComparer.Ordinal).ToList();
        var rows = snapshot.Rows.Where(row => row.Outcome is null).Select(row => Place(EnrolmentCodec.Read(row.Body.Span))).Order(StringComparer.Ordinal).ToList();
        var columns = snapshot.Rows.Where(row => row.Outcome is null).Select(row => $"{row.Id} of {row.Contact.Number} number {row.Number} revision {row.Revision} at {row.Point} due {row.Due} in {row.Queue}").Order(StringComparer.Ordinal).ToList();
        foreach (var odd in bodies.Except(rows).Select(place => "only in the contact: " + place).Concat(rows.Except(bodies).Select(place => "only in the row: " + place)).Concat(columns.Except(rows).Select(place => "only in the columns: " + place)))
            broken.Add(odd);
        Check(bodies.Distinct().Count() == bodies.Count && bodies.Count == rows.Count, broken, $"{bodies.Count} in contacts, {rows.Count} in rows");
        foreach (var twice in snapshot.Rows.Where(row => row.Outcome is null).GroupBy(row => row.Id).Where(group => group.Count() > 1))
            broken.Add($"enrolment {twice.Key} is in progress {twice.Count()} times");
        foreach (var tombstone in snapshot.Contacts.Where(contact => contact.MergedInto is not null))
            Check(tombstone.Enrolments.Count == 0 && tombstone.Failed.IsEmpty && tombstone.Identities.Count == 0 && tombstone.Segments.Count == 0, broken, $"tombstone {tombstone.Id.Number} holds something");
        // Semantics 6.16: nobody archived is inside anything.
        foreach (var archived in snapshot.Contacts.Where(contact => contact.IsArchived))
            Check(archived.Enrolments.Count == 0 && archived.Segments.Count == 0 && archived.SegmentFlips.Values.All(flip => flip.InUtc().Year == 9999), broken, $"archived {archived.Id.Number} is inside something");
        foreach (var identity in snapshot.Contacts.SelectMany(contact => contact.Identities).GroupBy(identity => identity).Where(group => group.Count() > 1))
            broken.Add($"{identity.Key} is {identity.Count()} contacts");
    }

    static string Place(Enrolment enrolment) => enrolment.State is EnrolmentState.Waiting waiting
        ? $"{enrolment.Id} of {enrolment.Contact.Number} number {enrolment.Number} revision {enrolment.Revision} at {waiting.Point} due {waiting.Wait.Due} in {waiting.Wait.Queue}"
        : $"{enrolment.Id} has ended";

    /// <summary>Semantics 12.1: nothing is left of who was erased.</summary>
    static void Erased(Snapshot snapshot, List<string> broken)
    {
        foreach (var contact in snapshot.Contacts.Where(contact => contact.IsErased))
        {
            var (rows, messages, lines) = (snapshot.Rows.Count(row => row.Contact == contact.Id), snapshot.Messages.Count(row => row.Contact == contact.Id), snapshot.Timeline.Count(item => item.Contact == contact.Id));
            var tasks = snapshot.Tasks.Count(task => task.Contact == contact.Id);
            Check(rows + messages + lines + tasks == 0, broken, $"of contact {contact.Id.Number}, which was erased, {rows} enrolments, {messages} messages, {lines} lines of its timeline and {tasks} tasks are left");
            Check(contact.Properties.Count == 0 && contact.Tags.Count == 0 && contact.Consents.Count == 0, broken, $"contact {contact.Id.Number} was erased and knows something");
        }
    }

    /// <summary>An enrolment's one true row: merged contacts keep a closed one of what went along.</summary>
    static IEnumerable<EnrolmentRow> Whole(Snapshot snapshot)
    {
        var merged = snapshot.Contacts.Where(contact => contact.MergedInto is not null).Select(contact => contact.Id).ToHashSet();
        foreach (var rows in snapshot.Rows.GroupBy(row => row.Id))
            yield return rows.OrderBy(row => merged.Contains(row.Contact)).ThenBy(row => row.Why == "merged").ThenByDescending(row => row.Revision).First();
    }

    /// <summary>Semantics 11.1, against a recount from the rows.</summary>
    static void Counting(Snapshot snapshot, List<string> broken)
    {
        var rows = Whole(snapshot).ToList();
        // What was counted of who was erased stays; its rows do not.
        var erased = snapshot.Contacts.Any(contact => contact.IsErased);
        bool Same(long told, long counted) => erased ? told >= counted : told == counted;
        long Of(CounterKind kind, Func<CounterKey, bool> where) => snapshot.Counters.Where(pair => pair.Key.Kind == kind && where(pair.Key)).Sum(pair => pair.Value);
        foreach (var version in rows.GroupBy(row => (row.Journey, row.Version)))
        {
            bool Mine(CounterKey key) => key.Journey == version.Key.Journey && key.Version == version.Key.Version;
            var (started, ended) = (Of(CounterKind.Started, Mine), Of(CounterKind.Ended, Mine));
            // Merges bring as many in as they take out; publishing moves them from version to version.
            var moved = Of(CounterKind.MovedIn, Mine) - Of(CounterKind.MovedOut, Mine);
            Check(Same(started + moved, version.Count()), broken, $"{version.Key}: {started} started, {moved} moved in, {version.Count()} rows");
            foreach (var outcome in Enum.GetValues<Outcome>())
            {
                var told = Of(CounterKind.Ended, key => Mine(key) && string.Equals(key.Edge, outcome.ToString(), StringComparison.OrdinalIgnoreCase));
                var counted = version.Count(row => row.Outcome == outcome);
                Check(Same(told, counted), broken, $"{version.Key}: {told} told to have ended {outcome}, {counted} rows");
            }

            Check(started + moved == ended + version.Count(row => row.Outcome is null), broken, $"{version.Key}: {started} started, {moved} moved in, {ended} ended, {version.Count(row => row.Outcome is null)} in progress");
        }

        // Semantics 3.8: as many are counted at each point as can be put back, each of them has its row, and none is in progress.
        var failed = snapshot.Contacts.SelectMany(contact => contact.Failed).ToList();
        foreach (var point in failed.Select(one => (one.Journey, one.Version, ((EnrolmentState.Ended)one.State).Point ?? "")).Concat(snapshot.Counters.Keys.Where(key => key.Kind == CounterKind.Failed).Select(key => (key.Journey, key.Version, key.Point))).Distinct())
        {
            var (told, kept) = (Of(CounterKind.Failed, key => (key.Journey, key.Version, key.Point) == point), failed.Count(one => (one.Journey, one.Version, ((EnrolmentState.Ended)one.State).Point ?? "") == point));
            Check(told == kept, broken, $"{point}: {told} told to have failed there, {kept} can be put back");
        }

        var outcomes = rows.ToDictionary(row => row.Id, row => row.Outcome);
        foreach (var one in failed)
            Check(outcomes.GetValueOrDefault(one.Id) == Outcome.Failed, broken, $"{one.Id} can be put back, and its row says {outcomes.GetValueOrDefault(one.Id)}");

        Check(Of(CounterKind.MovedIn, _ => true) == Of(CounterKind.MovedOut, _ => true), broken, "as many are moved in as out");

        foreach (var point in snapshot.Counters.Keys.Where(key => key.Kind == CounterKind.Arrived).Select(key => (key.Journey, key.Version, key.Point)).Distinct())
        {
            bool Here(CounterKey key) => (key.Journey, key.Version, key.Point) == point;
            var waiting = rows.Count(row => row.Outcome is null && (row.Journey, row.Version, row.Point) == point);
            var (arrived, left) = (Of(CounterKind.Arrived, Here), Of(CounterKind.Left, Here));
            Check(arrived == waiting + left, broken, $"{point}: {arrived} arrived, {waiting} waiting, {left} left");
        }

        foreach (var point in snapshot.Messages.GroupBy(row => (row.Journey, row.Version, row.Point)))
        {
            bool Here(CounterKey key) => (key.Journey, key.Version, key.Point) == point.Key;
            var decided = Of(CounterKind.MessageDecided, Here);
            Check(Same(decided, point.Count()), broken, $"{point.Key}: {decided} messages decided, {point.Count()} rows");
            foreach (var status in new[] { MessageStatus.Sent, MessageStatus.Skipped, MessageStatus.Failed, MessageStatus.InDoubt, MessageStatus.Cancelled })
            {
                var edge = status == MessageStatus.InDoubt ? "in-doubt" : status.ToString();
                var told = Of(CounterKind.MessageSettled, key => Here(key) && string.Equals(key.Edge, edge, StringComparison.OrdinalIgnoreCase));
                // What was noticed of it later did not settle it anew.
                var settled = point.Count(row => row.Status == status || status == MessageStatus.Sent && WasSent(row));
                Check(Same(told, settled), broken, $"{point.Key}: {told} told {edge}, {settled} rows");
            }
        }

        var living = snapshot.Contacts.Count(contact => contact.MergedInto is null);
        Check(Of(CounterKind.Total, key => key.Point == "contacts") == living, broken, $"{Of(CounterKind.Total, key => key.Point == "contacts")} contacts told, {living} there");
    }

    /// <summary>No edge is taken twice a visit, and nothing happens after the end.</summary>
    static void Trails(Snapshot snapshot, List<string> broken)
    {
        var trails = snapshot.Timeline.SelectMany(item => item.Body.Trails).GroupBy(trail => trail.Enrolment).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var row in Whole(snapshot))
        {
            var enrolment = EnrolmentCodec.Read(row.Body.Span);
            var steps = trails.GetValueOrDefault(row.Id, []).SelectMany(trail => trail.Steps).Where(step => step.Edge is not null and not "carried").ToList();
            // A run that failed was undone, and what it visited with it (Semantics 3.8).
            foreach (var (point, visits) in row.Outcome == Outcome.Failed || steps.Exists(step => step.Edge == "failed") ? [] : enrolment.Visits)
            {
                var left = steps.Count(step => step.Point == point);
                var waits = row.Outcome is null && row.Point == point ? 1 : 0;
                Check(left + waits == visits, broken, $"{row.Id}: {visits} visits of {point}, left {left} times, {waits} waiting; {string.Join(" ", steps.Select(step => $"{step.Point}-{step.Edge}"))}");
            }

            if (row.EndedAt is { } ended)
                foreach (var trail in trails.GetValueOrDefault(row.Id, []).Where(trail => trail.At > ended))
                    broken.Add($"{row.Id} ended at {ended} and went on at {trail.At}");
        }
    }

    /// <summary>Semantics 3.7, 4.5: a task a visit, of an enrolment that there was, and of nobody who is somebody else by now.</summary>
    static void Tasks(Snapshot snapshot, List<string> broken)
    {
        var ended = Whole(snapshot).ToDictionary(row => row.Id);
        var merged = snapshot.Contacts.Where(contact => contact.MergedInto is not null).Select(contact => contact.Id).ToHashSet();
        foreach (var task in snapshot.Tasks)
        {
            Check(task.Enrolment is { } id && ended.TryGetValue(id, out var row) && (row.EndedAt is not { } at || task.CreatedAt <= at), broken, $"task {task.Id} is of no enrolment, or was made after its end");
            Check(task.Contact is { } contact && !merged.Contains(contact), broken, $"task {task.Id} is of contact {task.Contact?.Number}, which was merged");
        }

        var versions = snapshot.Timeline.SelectMany(item => item.Body.Trails).GroupBy(trail => trail.Enrolment).ToDictionary(group => group.Key, group => group.Select(trail => trail.Version).Distinct().Count());
        foreach (var made in snapshot.Tasks.GroupBy(task => (task.Enrolment, task.Point)))
            if (ended.TryGetValue(made.Key.Enrolment ?? default, out var row) && row.Outcome != Outcome.Failed && EnrolmentCodec.Read(row.Body.Span).Visits.GetValueOrDefault(made.Key.Point!) is var visits)
                // In another version the same point may have been another thing.
                Check(versions.GetValueOrDefault(row.Id) == 1 ? made.Count() == visits : made.Count() <= visits, broken, $"{made.Key}: {made.Count()} tasks, {visits} visits");
    }

    static void Messages(Snapshot snapshot, List<string> broken)
    {
        foreach (var key in snapshot.Messages.GroupBy(row => row.Key).Where(group => group.Count() > 1))
            broken.Add($"message {key.Key} is there {key.Count()} times");
        var contacts = snapshot.Contacts.ToDictionary(contact => contact.Id);
        var ends = Whole(snapshot).ToDictionary(row => row.Id);
        foreach (var message in snapshot.Messages)
        {
            if (message.Enrolment is { } id && ends.TryGetValue(id, out var row) && row.EndedAt is { } ended)
                Check(message.DecidedAt <= ended, broken, $"message {message.Key} was decided at {message.DecidedAt}, after the end at {ended}");
            var contact = contacts[message.Contact];
            // A merge brings refusals with their time, of which the winner knew nothing until then.
            if (contact.MergedInto is not null || contact.Absorbed.Count > 0)
                continue;
            foreach (var (key, consent) in contact.Consents)
                // A webhook goes to a program: no consent is asked for it.
                if (consent.Value == ConsentState.Refused && key.Channel == message.Channel && (key.Topic is "*" or "news") && WasSent(message))
                    Check(message.SettledAt <= consent.At, broken, $"message {message.Key} to {message.Contact.Number} (now {contact.Id.Number}) was sent at {message.SettledAt}, after the refusal of {key} at {consent.At}");
        }
    }

    /// <summary>Semantics 10.2: no cap is ever broken, counted by when messages were handed over. A merge may bring more together than one contact would have got.</summary>
    static void Caps(Snapshot snapshot, IReadOnlyList<FrequencyCap> caps, List<string> broken)
    {
        var merged = snapshot.Contacts.Where(contact => contact.MergedInto is not null || contact.Absorbed.Count > 0).Select(contact => contact.Id).ToHashSet();
        foreach (var cap in caps)
            foreach (var contact in snapshot.Messages.Where(row => cap.Counts(row.Channel, row.Topic) && row.Purpose == MessagePurpose.Marketing && (WasSent(row) || row.Status == MessageStatus.InDoubt) && !merged.Contains(row.Contact)).GroupBy(row => row.Contact))
            {
                var times = contact.Select(row => row.SettledAt!.Value).Order().ToList();
                for (var first = 0; first + cap.Most < times.Count; first++)
                    Check(times[first + cap.Most] - times[first] >= cap.Within, broken, $"contact {contact.Key.Number} got {cap.Most + 1} messages from {times[first]} to {times[first + cap.Most]}");
            }
    }

    /// <summary>Semantics 8.3: nobody stands before a point that is not paused, and nothing is left noted where nothing is paused.</summary>
    static void Held(Snapshot snapshot, Catalogue catalogue, List<string> broken)
    {
        foreach (var enrolment in snapshot.Contacts.Where(contact => contact.MergedInto is null).SelectMany(contact => contact.Enrolments))
            if (enrolment.State is EnrolmentState.Waiting { Wait.Reason: "point-paused" or "journey-paused" } waiting && catalogue.Journeys.FirstOrDefault(one => one.Id == enrolment.Journey) is { Status: JourneyStatus.Live } journey)
                Check(journey.Dials.Holds(waiting.Point), broken, $"enrolment {enrolment.Id} stands before {waiting.Point}, which is not paused");
            else if (enrolment.State is EnrolmentState.Waiting { Wait.Noted: true } noted && catalogue.Journeys.FirstOrDefault(one => one.Id == enrolment.Journey) is { Status: JourneyStatus.Live } live)
                Check(live.Dials.Holds(noted.Point), broken, $"enrolment {enrolment.Id} has something noted at {noted.Point}, where nothing is paused");
    }

    /// <summary>Semantics 10.1: nothing is handed over in quiet hours of where its contact lived when it was decided.</summary>
    static void Quiet(Snapshot snapshot, QuietHours quiet, List<string> broken)
    {
        foreach (var row in snapshot.Messages.Where(row => row.Status is MessageStatus.Sent or MessageStatus.InDoubt && quiet.Concern(row.Channel, row.Purpose)))
        {
            var place = MessageDataCodec.Place(row.Data.Span);
            Check(place is not null && quiet.At(row.SettledAt!.Value, row.Channel, row.Purpose, place) is null, broken, $"message {row.Key} left at {row.SettledAt} in quiet hours of {place}");
        }
    }

    /// <summary>Semantics 9.2, 9.3: never more than there are, nothing to two, and everybody who waits is known where they wait for it.</summary>
    static void Allocations(Snapshot snapshot, IEngine engine, List<string> broken)
    {
        foreach (var twice in snapshot.Allocations.Where(row => row.Ask is not null).GroupBy(row => row.Ask).Where(group => group.Count() > 1))
            broken.Add($"ask {twice.Key} was answered {twice.Count()} times");
        var codes = snapshot.Allocations.Where(row => row.Allocator.Kind == AllocatorKind.Coupons && row.Value is not null).ToList();
        Check(codes.Select(row => row.Value).Order(StringComparer.Ordinal).SequenceEqual(CatalogueMaker.Codes), broken, $"of the codes there are {string.Join(", ", codes.Select(row => $"{row.Value} {row.Status}"))}");
        Check(codes.All(row => (row.Status == AllocationStatus.Given) == row.Ask is not null), broken, "a code is given to nobody, or free and somebody's");
        foreach (var journey in engine.Current.Journeys)
        {
            Rate(snapshot, journey, broken);
            foreach (var point in journey.Versions.Values.SelectMany(plan => plan.Definition.Points).Where(point => point.Value is FirstNPoint).GroupBy(point => point.Key))
            {
                var allocator = AllocatorId.OfPoint(AllocatorKind.FirstN, journey.Id, point.Key);
                var (taken, most) = (snapshot.Allocations.Count(row => row.Allocator == allocator && row.Status == AllocationStatus.Given), point.Max(version => ((FirstNPoint)version.Value).First));
                Check(taken <= most, broken, $"{allocator}: {taken} places of {most} are taken");
                var went = snapshot.Counters.Where(pair => pair.Key.Kind == CounterKind.Left && pair.Key.Journey == journey.Id && pair.Key.Point == point.Key && pair.Key.Edge == "first").Sum(pair => pair.Value);
                Check(went <= taken, broken, $"{allocator}: {went} went as the first, {taken} places are taken");
            }
        }

        // At rest nothing is on its way: whoever waits for an answer stands in a line.
        var waiting = snapshot.Contacts.SelectMany(contact => contact.Enrolments).SelectMany(enrolment => enrolment.Claims).Where(claim => claim.Answer is null).Select(claim => $"{claim.Allocator} {claim.Ask}").Order(StringComparer.Ordinal).ToList();
        var inLine = snapshot.Allocations.Where(row => row.Status == AllocationStatus.Waiting).Select(row => $"{row.Allocator} {row.Ask}").Order(StringComparer.Ordinal).ToList();
        foreach (var odd in waiting.Except(inLine).Select(claim => "waits and is in no line: " + claim).Concat(inLine.Except(waiting).Select(claim => "in a line and waits nowhere: " + claim)))
            broken.Add(odd);
        foreach (var claim in snapshot.Contacts.SelectMany(contact => contact.Enrolments.Concat(contact.Failed)).SelectMany(enrolment => enrolment.Claims).Where(claim => claim is { Allocator.Kind: AllocatorKind.Coupons, Answer.Granted: true }))
            Check(codes.Any(row => row.Ask == claim.Ask && row.Value == claim.Answer!.Value), broken, $"the code {claim.Answer!.Value} is held by {claim.Ask}, and the pool says something else");
    }

    /// <summary>Where every version has a rate: no time as long as the rate's has more entries than the widest of them.</summary>
    static void Rate(Snapshot snapshot, LiveJourney journey, List<string> broken)
    {
        if (journey.Versions.Values.Any(plan => plan.EntryRate is null))
            return;
        var (most, per) = (journey.Versions.Values.Max(plan => plan.EntryRate!.Most), journey.Versions.Values.Min(plan => plan.EntryRate!.Per));
        var times = snapshot.Allocations.Where(row => row.Allocator == AllocatorId.OfRate(journey.Id) && row.Status == AllocationStatus.Given).Select(row => row.At.ToUnixTimeSeconds()).Order().ToList();
        for (var first = 0; first + most < times.Count; first++)
            Check(times[first + most] - times[first] >= (long)per.TotalSeconds, broken, $"{journey.Id}: {most + 1} came in from {times[first]} to {times[first + most]}");
    }

    static void Memberships(Snapshot snapshot, List<string> broken)
    {
        var bodies = snapshot.Contacts.SelectMany(contact => contact.Segments.Select(segment => $"segment {segment} {contact.Id.Number}").Concat(contact.Lists.Where(list => list.Value.Value).Select(list => $"list {list.Key} {contact.Id.Number}"))).ToHashSet();
        var rows = snapshot.Members.Select(row => $"{row.Kind} {row.Name} {row.Contact.Number}").ToList();
        foreach (var odd in bodies.Except(rows).Select(line => "only in the contact: " + line).Concat(rows.Except(bodies).Select(line => "only a row: " + line)))
            broken.Add(odd);
        Check(rows.Distinct().Count() == rows.Count, broken, "a member has two rows");
        foreach (var (kind, counter) in new[] { ("segment", CounterKind.SegmentMembers), ("list", CounterKind.ListMembers) })
            foreach (var name in kind == "segment" ? CatalogueMaker.Segments : CatalogueMaker.Lists)
            {
                var told = snapshot.Counters.Where(pair => pair.Key.Kind == counter && pair.Key.Point == name).Sum(pair => pair.Value);
                Check(told == bodies.Count(line => line.StartsWith($"{kind} {name} ", StringComparison.Ordinal)), broken, $"{told} members of {kind} {name} told, {bodies.Count(line => line.StartsWith($"{kind} {name} ", StringComparison.Ordinal))} there");
            }
        foreach (var tag in CatalogueMaker.Tags)
        {
            var told = snapshot.Counters.Where(pair => pair.Key.Kind == CounterKind.TagMembers && pair.Key.Point == tag).Sum(pair => pair.Value);
            Check(told == snapshot.Contacts.Count(contact => contact.HasTag(tag)), broken, $"{told} with tag {tag} told, {snapshot.Contacts.Count(contact => contact.HasTag(tag))} there");
        }
    }
}
