-- Whether a contact (?1) has left a topic (?3) on a channel (?2), or all of them. Primary key.
SELECT 1
  FROM opt_out
 WHERE contact = ?1
   AND channel IN (?2, '*')
   AND topic IN (?3, '*')
 LIMIT 1;
