-- Events in order of the journal, after ?1 and up to ?2; ?3 rows are looked at. Primary key; one range a transaction.
SELECT sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body
  FROM entry
 WHERE sequence > ?1
   AND sequence <= ?2
 ORDER BY sequence
 LIMIT ?3;
