-- A user ($1) has read all up to $2. Index notification_unread.
UPDATE notification
   SET seen = $2
 WHERE reader = $1
   AND seen IS NULL
   AND at <= $2;
