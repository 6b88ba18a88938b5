-- A page of contacts of some partitions ($1), newest first: before $2, $3 at most. Primary key, a descent a partition.
SELECT c.*
  FROM unnest($1::smallint[]) AS p (partition)
 CROSS JOIN LATERAL (SELECT id, high, body
                       FROM contact
                      WHERE partition = p.partition
                        AND id < $2
                      ORDER BY id DESC
                      LIMIT $3) AS c
 ORDER BY c.id DESC
 LIMIT $3;
