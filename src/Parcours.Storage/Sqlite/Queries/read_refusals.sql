-- Refusals, newest first; ?1 before id, ?2 rows are looked at. Primary key.
SELECT id, contact, high, journey, starting_point, reason, day, at
  FROM refusal
 WHERE id < ?1
 ORDER BY id DESC
 LIMIT ?2;
