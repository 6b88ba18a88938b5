-- What a user ($1) was told since $2, has not read and did not get by mail, newest first. Index notification_unread.
SELECT id, reader, contact, high, journey, point, body, at, seen, kind, code, arguments, mailed
  FROM notification
 WHERE reader = $1
   AND seen IS NULL
   AND mailed IS NULL
   AND at >= $2
 ORDER BY at DESC, id DESC
 LIMIT $3;
