using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>Between rows of table message and messages.</summary>
static class MessageRows
{
    public static NpgsqlBatchCommand Insert(IReadOnlyList<MessageRow> rows, bool isNew) => Commands.Save("insert_messages", isNew)
        .Column(rows, static row => (short)Partition.Of(row.Contact).Index)
        .Column(rows, static row => row.Number)
        .Column(rows, static row => row.Key.Value)
        .Column(rows, static row => row.Contact.Number)
        .Column(rows, static row => row.Contact.High())
        .Column(rows, static row => row.Enrolment?.Value)
        .Column(rows, static row => row.Journey.Value)
        .Column(rows, static row => row.Version)
        .Column(rows, static row => row.Point)
        .Column(rows, static row => row.Visit)
        .Column(rows, static row => row.Channel)
        .Column(rows, static row => row.Content)
        .Column(rows, static row => row.Topic)
        .Column(rows, static row => (short)row.Purpose)
        .Column(rows, static row => row.Address)
        .Column(rows, static row => row.DecidedAt.ToMicroseconds())
        .Column(rows, static row => row.NotBefore.ToMicroseconds())
        .Column(rows, static row => row.Expires.ToMicroseconds())
        .Column(rows, static row => (short)row.Status)
        .Column(rows, static row => row.Why)
        .Column(rows, static row => row.Claimed?.ToMicroseconds())
        .Column(rows, static row => row.Attempts)
        .Column(rows, static row => row.SettledAt?.ToMicroseconds())
        .Column(rows, static row => row.HoldUntilClock?.ToMicroseconds())
        .Column(rows, static row => row.Data.Bytes());

    public static NpgsqlBatchCommand Update(IReadOnlyList<MessageUpdate> rows) => Commands.Query("update_messages")
        .Column(rows, static row => (short)Partition.Of(row.Contact).Index)
        .Column(rows, static row => row.Number)
        .Column(rows, static row => (short)row.Status)
        .Column(rows, static row => row.Why)
        .Column(rows, static row => row.At.ToMicroseconds())
        .Column(rows, static row => row.NotBefore?.ToMicroseconds())
        .Column(rows, static row => row.Claimed?.ToMicroseconds())
        .Column(rows, static row => row.Attempts)
        .Column(rows, static row => row.ContentVersion)
        .Column(rows, static row => row.Expires?.ToMicroseconds());

    public static MessageRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new MessageKey(row.GetGuid(1)), row.Contact(2), row.IsDBNull(4) ? null : new EnrolmentId(row.GetGuid(4)), new JourneyId(row.GetString(5)), row.GetInt32(6), row.GetString(7),
        row.GetInt32(8), row.GetString(9), row.GetString(10), row.GetString(11), (MessagePurpose)row.GetInt16(12), row.TextOrNull(13), row.Instant(14), row.Instant(15), row.Instant(16),
        (MessageStatus)row.GetInt16(17), row.TextOrNull(18), row.InstantOrNull(19), row.GetInt32(20), row.InstantOrNull(21), row.InstantOrNull(22), row.Bytes(23))
    {
        Opens = row.GetInt32(24),
        Clicks = row.GetInt32(25),
    };
}
