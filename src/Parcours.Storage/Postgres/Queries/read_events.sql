-- Events of some partitions ($1) in order of sequence, after $2 and up to $3, of these names ($4; NULL: all), $5 at most. Primary key, a descent a partition.
SELECT e.*
  FROM unnest($1::smallint[]) AS p (partition)
 CROSS JOIN LATERAL (SELECT partition, sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body
                       FROM entry
                      WHERE partition = p.partition
                        AND sequence > $2
                        AND sequence <= $3
                        AND kind = 1
                        AND ($4::text[] IS NULL OR name = ANY ($4))
                      ORDER BY sequence
                      LIMIT $5) AS e
 ORDER BY e.sequence
 LIMIT $5;
