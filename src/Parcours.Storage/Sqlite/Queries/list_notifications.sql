-- What a user (?1) was told, newest first, before (?2 at, ?3 id); ?5: only what is not read. Index notification_at.
SELECT id, reader, contact, high, journey, point, body, at, seen, kind, code, arguments, mailed
  FROM notification
 WHERE reader = ?1
   AND (at, id) < (?2, ?3)
   AND (?5 = 0 OR seen IS NULL)
 ORDER BY at DESC, id DESC
 LIMIT ?4;
