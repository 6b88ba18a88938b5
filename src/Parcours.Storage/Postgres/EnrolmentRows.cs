using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>Between rows of table enrolment and enrolments.</summary>
static class EnrolmentRows
{
    public static NpgsqlBatchCommand Save(IReadOnlyList<EnrolmentRow> rows, bool isNew) => Commands.Save("save_enrolments", isNew)
        .Column(rows, static row => (short)Partition.Of(row.Contact).Index)
        .Column(rows, static row => row.Contact.Number)
        .Column(rows, static row => row.Journey.Value)
        .Column(rows, static row => row.Number)
        .Column(rows, static row => row.Contact.High())
        .Column(rows, static row => row.Id.Value)
        .Column(rows, static row => row.Version)
        // Without a point the row still has its place in the index of those who wait.
        .Column(rows, static row => row.Point ?? "")
        .Column(rows, static row => row.Since.ToMicroseconds())
        .Column(rows, static row => (short)row.Queue)
        .Column(rows, static row => row.Outcome is null ? row.Due?.ToMicroseconds() : null)
        .Column(rows, static row => (short?)row.Outcome)
        .Column(rows, static row => row.StartedAt.ToMicroseconds())
        .Column(rows, static row => row.EndedAt?.ToMicroseconds())
        .Column(rows, static row => row.Why)
        .Column(rows, static row => row.Revision)
        .Column(rows, static row => row.Body.Bytes());

    public static EnrolmentRow Read(NpgsqlDataReader row) => new(
        row.Contact(0), new JourneyId(row.GetString(2)), row.GetInt32(3), new EnrolmentId(row.GetGuid(4)), row.GetInt32(5), row.GetString(6) is { Length: > 0 } point ? point : null,
        row.Instant(7), (TimerQueue)row.GetInt16(8), row.InstantOrNull(9), row.IsDBNull(10) ? null : (Outcome)row.GetInt16(10), row.Instant(11), row.InstantOrNull(12), row.TextOrNull(13),
        row.GetInt32(14), New: false, row.Bytes(15));
}
