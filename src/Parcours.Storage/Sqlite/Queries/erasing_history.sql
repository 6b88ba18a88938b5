-- What the timeline of an erased contact (?1) names, oldest first; ?2 at most. Primary key.
SELECT sequence
  FROM timeline
 WHERE contact = ?1
 ORDER BY sequence
 LIMIT ?2;
