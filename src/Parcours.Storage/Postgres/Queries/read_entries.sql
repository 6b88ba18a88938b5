-- Entries of a partition ($1) after $2 that its owner may still have to process, $3 at most. Primary key.
SELECT partition, sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body
  FROM entry
 WHERE partition = $1
   AND sequence > $2
   AND flags & 2 = 0
 ORDER BY sequence
 LIMIT $3;
