-- A page of a timeline ($1 partition, $2 contact), newest first, before $3, each line with the event that it refers to; $4 at most. Primary keys.
SELECT t.sequence, t.at, t.body, e.partition, e.sequence, e.contact, e.high, e.kind, e.origin, e.flags, e.received, e.occurred, e.name, e.identities, e.body
  FROM timeline AS t
  LEFT JOIN entry AS e
    ON e.partition = t.partition
   AND e.sequence = t.sequence
   AND e.kind = 1
 WHERE t.partition = $1
   AND t.contact = $2
   AND t.sequence < $3
 ORDER BY t.sequence DESC
 LIMIT $4;
