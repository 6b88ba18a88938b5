-- Messages that were claimed and not settled, from the lowest such number on (?1). Read once, at start.
SELECT number
  FROM message
 WHERE number >= ?1
   AND status = 0
   AND claimed IS NOT NULL;
