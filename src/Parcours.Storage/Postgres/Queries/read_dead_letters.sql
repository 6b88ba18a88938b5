-- Newest first; $1 limit. Primary key.
SELECT partition, sequence, at, why, body
  FROM dead_letter
 ORDER BY number DESC
 LIMIT $1;
