-- What the trimming looks at next. Primary key. ?1 after sequence, ?2 limit.
SELECT sequence, contact, kind, received
  FROM entry
 WHERE sequence > ?1
 ORDER BY sequence
 LIMIT ?2;
