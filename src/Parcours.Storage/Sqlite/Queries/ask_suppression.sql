-- Whether nobody may write to an address (?1) on a channel (?2). Primary key.
SELECT 1
  FROM suppression
 WHERE address = ?1
   AND channel IN (?2, '*')
 LIMIT 1;
