-- A page of a timeline, newest first, each line with the event that it refers to. Primary keys. ?1 contact, ?2 before sequence, ?3 limit.
SELECT t.contact, t.sequence, t.at, t.body, e.sequence, e.contact, e.high, e.kind, e.origin, e.flags, e.received, e.occurred, e.name, e.identities, e.body
  FROM timeline AS t
  LEFT JOIN entry AS e
    ON e.sequence = t.sequence
   AND e.kind = 1
 WHERE t.contact = ?1
   AND t.sequence < ?2
 ORDER BY t.sequence DESC
 LIMIT ?3;
