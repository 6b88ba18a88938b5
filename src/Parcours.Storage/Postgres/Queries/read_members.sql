-- A page of members by contact, over all partitions: kind $1, name $2, after contact $3, $4 at most. Primary key, a descent a partition.
SELECT m.*
  FROM generate_series(0, 63) AS p (partition)
 CROSS JOIN LATERAL (SELECT contact, high, at
                       FROM member
                      WHERE partition = p.partition::smallint
                        AND kind = $1
                        AND name = $2
                        AND contact > $3
                      ORDER BY contact
                      LIMIT $4) AS m
 ORDER BY m.contact
 LIMIT $4;
