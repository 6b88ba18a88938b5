-- Newest first; ?1 limit.
SELECT partition, sequence, at, why, body
  FROM dead_letter
 ORDER BY id DESC
 LIMIT ?1;
