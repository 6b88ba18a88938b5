-- What a user ($1) was told, newest first, before ($2 at, $3 id). Index notification_at.
SELECT id, reader, contact, high, journey, point, body, at, seen
  FROM notification
 WHERE reader = $1
   AND (at, id) < ($2, $3)
 ORDER BY at DESC, id DESC
 LIMIT $4;
