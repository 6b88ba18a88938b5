using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>How what allocators give out lies in columns.</summary>
static class AllocationRows
{
    public static AllocatorRow ReadAllocator(SqliteStatement row) => new(AllocatorId.Parse(row.Text(0)), row.Long(1) != 0, row.Bytes(2));

    public static AllocationRow Read(SqliteStatement row) => new(
        AllocatorId.Parse(row.Text(0)), row.Long(1), (AllocationStatus)row.Long(2), row.IsNull(3) ? null : new AskId(row.Guid(3)), row.IsNull(4) ? null : row.Contact(4),
        row.IsNull(6) ? null : new EnrolmentId(row.Guid(6)), row.Instant(7), row.TextOrNull(8), row.InstantOrNull(9), row.InstantOrNull(10));

    public static SqliteStatement Write(SqliteStatement to, AllocationRow row)
    {
        to.Bind(1, row.Allocator.ToString()).Bind(2, row.Number).Bind(3, (long)row.Allocator.Partition.Index).Bind(4, (long)row.Status);
        if (row.Ask is { } ask) to.Bind(5, ask.Value);
        else to.BindNull(5);
        if (row.Contact is { } contact) to.Bind(6, contact);
        else to.BindNull(6).BindNull(7);
        if (row.Enrolment is { } enrolment) to.Bind(8, enrolment.Value);
        else to.BindNull(8);
        return to.Bind(9, row.At).Bind(10, row.Value).Bind(11, row.Expires).Bind(12, row.KeptUntil);
    }
}
