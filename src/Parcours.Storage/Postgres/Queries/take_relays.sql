-- Relays of these senders ($1) in the order in which they were made, $2 at most; they are gone with the commit that appends them. Primary key.
DELETE FROM relay AS r
 USING (SELECT partition, number
          FROM relay
         WHERE partition = ANY ($1)
         ORDER BY partition, number
         LIMIT $2) AS t
 WHERE r.partition = t.partition
   AND r.number = t.number
RETURNING r.number, r.partition, r.contact, r.high, r.kind, r.origin, r.occurred, r.name, r.body;
