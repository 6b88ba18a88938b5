using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Between rows of table enrolment and enrolments. The columns stand in the order of <c>save_enrolment.sql</c>.</summary>
static class EnrolmentRows
{
    public static void Write(SqliteStatement save, Names names, EnrolmentRow enrolment)
    {
        save.Bind(1, enrolment.Contact);
        names.BindNew(save, 3, enrolment.Journey.Value).Bind(4, (long)enrolment.Number).Bind(5, enrolment.Id.Value).Bind(6, (long)enrolment.Version);
        // Without a point the row still has its place in the index of those who wait.
        names.BindNew(save, 7, enrolment.Point ?? "").Bind(8, enrolment.Since).Bind(9, (long)enrolment.Queue);
        save.Bind(10, enrolment.Outcome is null ? enrolment.Due : null).Bind(11, (long?)enrolment.Outcome).Bind(12, enrolment.StartedAt).Bind(13, enrolment.EndedAt)
            .Bind(14, enrolment.Why).Bind(15, (long)enrolment.Revision).BindBlob(16, enrolment.Body.Span).Run();
    }

    public static EnrolmentRow Read(SqliteStatement row, Names names) => new(
        row.Contact(0), new JourneyId(names.Read(row, 2)), (int)row.Long(3), new EnrolmentId(row.Guid(4)), (int)row.Long(5),
        names.Read(row, 6) is { Length: > 0 } point ? point : null, row.Instant(7), (TimerQueue)row.Long(8), row.InstantOrNull(9), (Outcome?)row.LongOrNull(10),
        row.Instant(11), row.InstantOrNull(12), row.TextOrNull(13), (int)row.Long(14), New: false, row.Bytes(15));
}
