using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>What users are told, and what they have read of it.</summary>
partial class SqliteUnit
{
    void WriteNotifications(WriteSet writes)
    {
        foreach (var told in writes.Notifications)
        {
            var insert = Query(told.Reader is null ? "insert_notification_for_all" : "insert_notification").Bind(1, told.Id.Value).Bind(2, told.Reader ?? DocumentKinds.UserAddress);
            if (told.Contact is { } contact) insert.Bind(3, contact);
            else insert.BindNull(3).BindNull(4);
            insert.Bind(5, told.Journey?.Value).Bind(6, told.Point).Bind(7, told.Text).Bind(8, told.At)
                .Bind(9, (long)told.Kind).Bind(10, told.Code).Bind(11, told.Arguments).Run();
        }

        foreach (var read in writes.ReadNotifications)
            if (read.Id is { } id) Query("read_notification").Bind(1, read.Reader).Bind(2, id.Value).Bind(3, read.At).Run();
            else Query("read_notifications_up_to").Bind(1, read.Reader).Bind(2, read.At).Run();
        foreach (var mailed in writes.MailedNotifications) Query("mail_notification").Bind(1, mailed.Reader).Bind(2, mailed.Id.Value).Bind(3, mailed.At).Run();
        foreach (var (loser, winner) in writes.Merged) Query("move_notifications").Bind(1, loser.Number).Bind(2, winner).Run();
    }
}
