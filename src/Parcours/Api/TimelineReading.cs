using System.Globalization;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>A contact's timeline as views: what is stored as bytes is read by the engine's own codecs.</summary>
static class TimelineReading
{
    public static TimelineView View(TimelineItem item, Contact contact, Mask mask)
    {
        var body = TimelineCodec.Decode(item.Row.Body.Span);
        var entry = item.Event is { } kept ? EntryCodec.Decode(kept.Body.Span) as EntryBody.Received : null;
        return new(
            PageQuery.Cursor(item.Row.Sequence.ToString(CultureInfo.InvariantCulture)), item.Row.At.ToApi(), item.Event?.Name, item.Event?.OccurredAt.ToApi(), item.Event?.Origin,
            entry is { Properties.IsEmpty: false } ? mask.Event(entry.Properties, contact) : null,
            body.Changes.IsEmpty ? null : [.. body.Changes.Select(change => ChangeView.Of(change, mask))],
            body.Trails.IsEmpty ? null : [.. body.Trails.Select(trail => new TrailView(trail.Journey.Value, trail.Version, trail.Enrolment.Value, trail.Cause, [.. trail.Steps.Where(step => step.Edge != TrailStep.Entered).Select(step => new TrailStepView(step.Point, step.Edge, mask.Reason(step.Edge, Decisions.Words(step.Detail))))]))]);
    }
}
