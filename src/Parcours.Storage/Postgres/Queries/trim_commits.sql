-- The oldest commit rows of some partitions ($1) before a sequence ($2); $3 at most a partition. Primary key.
DELETE FROM commit_row AS c
 USING (SELECT t.partition, t.sequence
          FROM unnest($1::smallint[]) AS p (partition)
         CROSS JOIN LATERAL (SELECT partition, sequence
                               FROM commit_row
                              WHERE partition = p.partition
                                AND sequence < $2
                              ORDER BY sequence
                              LIMIT $3) AS t) AS gone
 WHERE c.partition = gone.partition
   AND c.sequence = gone.sequence;
