-- Entries after ?1 that a worker may still have to process. Primary key. A partition is told from the contact's number, which the caller does.
SELECT sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body
  FROM entry
 WHERE sequence > ?1
   AND (flags & 2) = 0
 ORDER BY sequence;
