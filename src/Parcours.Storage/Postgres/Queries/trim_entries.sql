-- The oldest entries of some partitions ($1) that are no events, were received before $2 and are consumed (Semantics 5.2); $3 at most a partition. Index entry_no_event.
DELETE FROM entry AS e
 USING (SELECT t.partition, t.sequence
          FROM owner AS o
         CROSS JOIN LATERAL (SELECT partition, sequence, received
                               FROM entry
                              WHERE partition = o.partition
                                AND kind <> 1
                                AND sequence <= o.cursor
                              ORDER BY sequence
                              LIMIT $3) AS t
         WHERE o.partition = ANY ($1)
           AND t.received < $2) AS gone
 WHERE e.partition = gone.partition
   AND e.sequence = gone.sequence;
