-- A page of contacts of some partitions ($1) by number: after $2, $3 at most. Primary key, a descent a partition.
SELECT c.*
  FROM unnest($1::smallint[]) AS p (partition)
 CROSS JOIN LATERAL (SELECT id, high, body
                       FROM contact
                      WHERE partition = p.partition
                        AND id > $2
                      ORDER BY id
                      LIMIT $3) AS c
 ORDER BY c.id
 LIMIT $3;
