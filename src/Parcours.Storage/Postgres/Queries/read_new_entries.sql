-- Entries that their owner has not read, of partitions ($1) after a sequence each ($2), by sequence over all of them, $3 at most. By the tails those that have something new, then the primary key.
SELECT e.*
  FROM unnest($1::smallint[], $2::bigint[]) AS p (partition, after)
  JOIN tail AS t
    ON t.partition = p.partition
   AND t.sequence > p.after
 CROSS JOIN LATERAL (SELECT partition, sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body
                       FROM entry
                      WHERE partition = p.partition
                        AND sequence > p.after
                        AND flags & 2 = 0
                      ORDER BY sequence
                      LIMIT $3) AS e
 ORDER BY e.sequence
 LIMIT $3;
