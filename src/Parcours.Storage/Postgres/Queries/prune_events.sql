-- Events that are older than they are kept: $1 partitions, $2 sequences. Primary key.
DELETE FROM entry AS e
 USING unnest($1::smallint[], $2::bigint[]) AS g (partition, sequence)
 WHERE e.partition = g.partition
   AND e.sequence = g.sequence
   AND e.kind = 1;
