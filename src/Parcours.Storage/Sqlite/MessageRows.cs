using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Between rows of table message and messages. The columns stand in the order of <c>insert_message.sql</c>.</summary>
static class MessageRows
{
    public static void Write(SqliteStatement insert, Names names, MessageRow message)
    {
        insert.Bind(1, message.Number).Bind(2, message.Key.Value).Bind(3, message.Contact);
        if (message.Enrolment is { } enrolment) insert.Bind(5, enrolment.Value);
        else insert.BindNull(5);
        names.BindNew(insert, 6, message.Journey.Value).Bind(7, (long)message.Version);
        names.BindNew(insert, 8, message.Point).Bind(9, (long)message.Visit);
        names.BindNew(insert, 10, message.Channel);
        names.BindNew(insert, 11, message.Content);
        names.BindNew(insert, 12, message.Topic);
        insert.Bind(13, (long)message.Purpose).Bind(14, message.Address).Bind(15, message.DecidedAt).Bind(16, message.NotBefore).Bind(17, message.Expires)
            .Bind(18, (long)message.Status).Bind(19, message.Why).Bind(20, message.Claimed).Bind(21, (long)message.Attempts).Bind(22, message.SettledAt)
            .Bind(23, message.HoldUntilClock).BindBlob(24, message.Data.Span).Run();
    }

    public static MessageRow Read(SqliteStatement row, Names names) => new(
        row.Long(0), KeyOf(row), row.Contact(2), row.IsNull(4) ? null : new EnrolmentId(row.Guid(4)), new JourneyId(names.Read(row, 5)), (int)row.Long(6),
        names.Read(row, 7), (int)row.Long(8), names.Read(row, 9), names.Read(row, 10), names.Read(row, 11), (MessagePurpose)row.Long(12), row.TextOrNull(13),
        row.Instant(14), row.Instant(15), row.Instant(16), StatusOf(row), row.TextOrNull(18), row.InstantOrNull(19), (int)row.Long(20), row.InstantOrNull(21),
        row.InstantOrNull(22), row.Bytes(23))
    {
        Opens = (int)row.Long(24),
        Clicks = (int)row.Long(25),
    };

    public static MessageStatus StatusOf(SqliteStatement row) => (MessageStatus)row.Long(17);

    static MessageKey KeyOf(SqliteStatement row) => new(row.Guid(1));
}
