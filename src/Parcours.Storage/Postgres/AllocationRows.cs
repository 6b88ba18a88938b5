using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>How what allocators give out lies in columns.</summary>
static class AllocationRows
{
    public static AllocatorRow ReadAllocator(NpgsqlDataReader row) => new(AllocatorId.Parse(row.GetString(0)), row.GetInt16(1) != 0, row.Bytes(2));

    public static AllocationRow Read(NpgsqlDataReader row) => new(
        AllocatorId.Parse(row.GetString(0)), row.GetInt64(1), (AllocationStatus)row.GetInt16(2), row.IsDBNull(3) ? null : new AskId(row.GetGuid(3)), row.IsDBNull(4) ? null : row.Contact(4),
        row.IsDBNull(6) ? null : new EnrolmentId(row.GetGuid(6)), row.Instant(7), row.TextOrNull(8), row.InstantOrNull(9), row.InstantOrNull(10));

    public static NpgsqlBatchCommand Save(List<AllocationRow> rows) => Commands.Query("save_allocations")
        .Column(rows, static row => (short)row.Allocator.Partition.Index).Column(rows, static row => row.Allocator.ToString()).Column(rows, static row => row.Number).Column(rows, static row => (short)row.Status)
        .Column(rows, static row => row.Ask?.Value).Column(rows, static row => row.Contact?.Number).Column(rows, static row => row.Contact?.High()).Column(rows, static row => row.Enrolment?.Value)
        .Column(rows, static row => row.At.ToMicroseconds()).Column(rows, static row => row.Value).Column(rows, static row => row.Expires?.ToMicroseconds()).Column(rows, static row => row.KeptUntil?.ToMicroseconds());
}
