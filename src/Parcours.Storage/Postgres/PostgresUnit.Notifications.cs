using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>What users are told, and what they have read of it.</summary>
partial class PostgresUnit
{
    static void AddNotifications(List<NpgsqlBatchCommand> commands, WriteSet writes)
    {
        foreach (var told in writes.Notifications)
            commands.Add(Commands.Query(told.Reader is null ? "insert_notification_for_all" : "insert_notification").With(told.Id.Value).With(told.Reader ?? DocumentKinds.UserAddress)
                .WithOrNull(NpgsqlDbType.Bigint, told.Contact?.Number).WithOrNull(NpgsqlDbType.Bigint, told.Contact?.High()).WithOrNull(NpgsqlDbType.Text, told.Journey?.Value)
                .WithOrNull(NpgsqlDbType.Text, told.Point).With(told.Text).With(told.At)
                .With((short)told.Kind).WithOrNull(NpgsqlDbType.Text, told.Code).WithOrNull(NpgsqlDbType.Text, told.Arguments));
        foreach (var read in writes.ReadNotifications)
            commands.Add(read.Id is { } id
                ? Commands.Query("read_notification").With(read.Reader).With(id.Value).With(read.At)
                : Commands.Query("read_notifications_up_to").With(read.Reader).With(read.At));
        foreach (var mailed in writes.MailedNotifications) commands.Add(Commands.Query("mail_notification").With(mailed.Reader).With(mailed.Id.Value).With(mailed.At));
        foreach (var (loser, winner) in writes.Merged) commands.Add(Commands.Query("move_notifications").With(loser.Number).With(winner.Number).With(winner.High()));
    }
}
