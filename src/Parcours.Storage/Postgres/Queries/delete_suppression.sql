-- $1 address, $2 channel, $3 the reason that it must have (NULL: any).
DELETE FROM suppression
 WHERE address = $1
   AND channel = $2
   AND ($3::text IS NULL OR reason = $3);
