-- Whether nobody may write to an address (?1) on a channel (?2); ?3 is 1 for what is not marketing, which a global unsubscription and an erasure let through. Primary key.
SELECT 1
  FROM suppression
 WHERE address = ?1
   AND channel IN (?2, '*')
   AND NOT (?3 = 1 AND reason IN ('unsubscribed', 'erased'))
 LIMIT 1;
