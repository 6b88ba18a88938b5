-- Contacts of some partitions ($1) whose flip timer is due up to $2, after ($3 time, $4 number), $5 at most. Index contact_flip, a descent a partition.
SELECT c.*
  FROM unnest($1::smallint[]) AS p (partition)
 CROSS JOIN LATERAL (SELECT id, high, flip_at
                       FROM contact
                      WHERE partition = p.partition
                        AND flip_at IS NOT NULL
                        AND flip_at <= $2
                        AND (flip_at, id) > ($3, $4)
                      ORDER BY flip_at, id
                      LIMIT $5) AS c
 ORDER BY c.flip_at, c.id
 LIMIT $5;
