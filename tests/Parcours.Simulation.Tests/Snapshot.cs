using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Points;

namespace Parcours.Simulation.Tests;

/// <summary>All that a store holds at a rest, read back through its queries.</summary>
sealed record Snapshot(
    IReadOnlyList<Contact> Contacts,
    IReadOnlyList<EnrolmentRow> Rows,
    IReadOnlyList<MessageRow> Messages,
    IReadOnlyDictionary<CounterKey, long> Counters,
    IReadOnlyList<(ContactId Contact, long Sequence, TimelineBody Body)> Timeline,
    IReadOnlyList<MembershipRow> Members,
    IReadOnlyList<RefusalRow> Refusals,
    IReadOnlyList<TaskRow> Tasks,
    IReadOnlyList<NotificationRow> Notifications,
    IReadOnlyList<AllocationRow> Allocations)
{
    public static async Task<Snapshot> OfAsync(IEngine engine, CancellationToken cancellationToken)
    {
        var queries = engine.Queries;
        var contacts = new List<Contact>();
        foreach (var body in await queries.ContactsAsync(0, false, 1_000, cancellationToken))
            contacts.Add(ContactCodec.Decode(body.Body.Span, KeptAggregates.None));
        var rows = new List<EnrolmentRow>();
        var timeline = new List<(ContactId, long, TimelineBody)>();
        foreach (var contact in contacts)
        {
            rows.AddRange(await queries.EnrolmentsOfAsync(contact.Id, 1_000, cancellationToken));
            for (long? before = null; ;)
            {
                var page = await queries.TimelineAsync(contact.Id, before, 1_000, cancellationToken);
                timeline.AddRange(page.Where(item => item.Row.Contact == contact.Id).Select(item => (contact.Id, item.Row.Sequence, TimelineCodec.Decode(item.Row.Body.Span))));
                if (page.Count < 1_000)
                    break;
                before = page[^1].Row.Sequence;
            }
        }

        var messages = new List<MessageRow>();
        for (long? before = null; ;)
        {
            var page = await queries.MessagesAsync(null, null, null, before, 1_000, cancellationToken);
            messages.AddRange(page);
            if (page.Count < 1_000)
                break;
            before = page[^1].Number;
        }

        var members = new List<MembershipRow>();
        foreach (var segment in CatalogueMaker.Segments)
            members.AddRange(await queries.MembersAsync("segment", segment, 0, 1_000, cancellationToken));
        foreach (var list in CatalogueMaker.Lists)
            members.AddRange(await queries.MembersAsync("list", list, 0, 1_000, cancellationToken));
        var refusals = new List<RefusalRow>();
        foreach (var journey in await engine.Catalogue.JourneysAsync(null, 100, cancellationToken))
            refusals.AddRange(await queries.RefusalsAsync(journey.Id, null, 1_000, cancellationToken));
        var tasks = new List<TaskRow>();
        while (await queries.TasksAsync(new(Done: false), tasks.Count == 0 ? null : new(tasks[^1].Due, tasks[^1].Id), 1_000, cancellationToken) is { Count: > 0 } page)
            tasks.AddRange(page);
        var allocations = new List<AllocationRow>();
        foreach (var allocator in AllocatorsOf(engine))
            foreach (var status in Enum.GetValues<AllocationStatus>())
                allocations.AddRange(await queries.AllocationsAsync(allocator, status, long.MinValue, 1_000, cancellationToken));
        var counters = (await queries.CountersAsync(null, null, cancellationToken)).Where(pair => pair.Value != 0).ToDictionary();
        return new(contacts, rows, messages, counters, [.. timeline.OrderBy(item => item.Item2)], members, refusals, tasks, await queries.NotificationsAsync("eva@example.org", unread: false, null, 1_000, cancellationToken), allocations);
    }

    static IEnumerable<AllocatorId> AllocatorsOf(IEngine engine) =>
    [
        AllocatorId.OfPool("codes"),
        .. engine.Current.Journeys.Select(journey => AllocatorId.OfRate(journey.Id)),
        .. engine.Current.Journeys.SelectMany(journey => journey.Versions.Values.SelectMany(plan => plan.Definition.Points).Where(point => point.Value is FirstNPoint or AssignOwnerPoint)
            .Select(point => AllocatorId.OfPoint(point.Value is FirstNPoint ? AllocatorKind.FirstN : AllocatorKind.Owners, journey.Id, point.Key))).Distinct(),
    ];

    /// <summary>What must be equal whether or not anything failed on the way.</summary>
    /// <param name="settled">Also how messages ended. With a provider that fails it hangs on when each was tried, and a death moves that.</param>
    public IReadOnlyList<string> Lines(bool settled) =>
    [
        .. Contacts.Select(contact => $"contact {contact.Id} into {contact.MergedInto} from {Join(contact.Absorbed)} is {Join(contact.Identities)} props {Join(contact.Properties)} tags {Join(contact.Tags)} lists {Join(contact.Lists)} "
            + $"consents {Join(contact.Consents)} barred {Join(contact.Barred)} archived {contact.ArchivedAt} segments {Join(contact.Segments)} dates {Join(contact.Dates)} met {Join(contact.Exposures)} left {Join(contact.Abandoned.Select(pair => $"{pair.Key}:{pair.Value.Due} {pair.Value.Event} {pair.Value.At} {string.Join(' ', pair.Value.Seen.SelectMany(item => item.Times))}"))} entries {Join(contact.Entries.Select(pair => $"{pair.Key}:{pair.Value.Count}"))}"),
        .. Rows.Select(row => $"enrolment {row.Contact.Number} {row.Journey} {row.Number} {row.Id} v{row.Version} at {row.Point} since {row.Since} due {row.Due} outcome {row.Outcome} {row.Why} started {row.StartedAt} ended {row.EndedAt} revision {row.Revision}"),
        .. Messages.OrderBy(row => row.Key.Value).Select(row => $"message {row.Key} to {row.Contact.Number} {row.Journey} {row.Point} visit {row.Visit} decided {row.DecidedAt} {(settled ? row.Status : null)} {(settled ? row.Why : null)}"),
        .. Counters.Where(pair => settled || pair.Key.Kind != CounterKind.MessageSettled).Select(pair => $"counter {pair.Key} = {pair.Value}").Order(StringComparer.Ordinal),
        .. Tasks.Select(task => $"task {task.Id} of {task.Contact?.Number} {task.Enrolment} {task.Journey} {task.Point} {task.Title} due {task.Due} since {task.CreatedAt}").Order(StringComparer.Ordinal),
        // Kept for a while only: which of many are there still hangs on when the house was kept.
        .. Notifications.Where(_ => Notifications.Count <= 400).Select(told => $"told {told.Id} of {told.Contact?.Number} {told.Journey} {told.Point} {told.Text} at {told.At}").Order(StringComparer.Ordinal),
        .. Allocations.Where(row => row.Status != AllocationStatus.Refused && row.KeptUntil is null).Select(row => $"allocation {row.Allocator} {row.Number} {row.Status} of {row.Ask} {row.Value}").Order(StringComparer.Ordinal),
        .. Members.Select(row => $"member {row.Kind} {row.Name} {row.Contact.Number}").Order(StringComparer.Ordinal),
        .. Refusals.Select(row => $"refusal {row.Contact.Number} {row.Journey} {row.Reason} {row.Day}").Order(StringComparer.Ordinal),
    ];

    static string Join<T>(IEnumerable<T> parts) => string.Join(",", parts.Select(part => part?.ToString() ?? "").Order(StringComparer.Ordinal));
}
