using Parcours.Contacts;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Work;

sealed partial class BulkService
{
    /// <summary>The next who failed; each as it was read there, so that nobody is put back twice (Semantics 3.8).</summary>
    async Task<(BulkOrder Order, bool IsOver)> FailedSliceAsync(BulkOrder order, FailedDeed failed, CancellationToken cancellationToken)
    {
        var (words, after, submissions) = (ContactWords.Of(order.Search), failed.After, new List<Submission>());
        var rows = await engine.Queries.FailedAsync(new(failed.Journey), failed.Point, after, Slice, cancellationToken);
        var contacts = words is null ? null : await engine.ContactsAsync(rows.Select(static row => row.Contact), cancellationToken);
        foreach (var row in rows)
        {
            after = FailedCursor.After(row);
            if (row.EndedAt?.ToDateTimeOffset() > failed.At || contacts is not null && !(contacts.TryGetValue(row.Contact, out var contact) && words!.Find(contact, static _ => true)))
                continue;
            submissions.Add(new()
            {
                Body = new SubmissionBody.PutBack(row.Id, row.Revision, failed.Live),
                Origin = Origin.Person,
                Contact = row.Contact,
                CreatesContact = false,
                MessageId = $"bulk-{order.Id}-{row.Id.Value:N}",
            });
        }

        return await DoAsync(order with { Failed = failed with { After = after }, Looked = order.Looked + rows.Count }, rows.Count < Slice, submissions.Count, submissions, cancellationToken);
    }
}
