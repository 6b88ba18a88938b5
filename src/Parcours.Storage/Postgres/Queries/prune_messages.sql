-- Messages that are older than they are kept: $1 partitions, $2 numbers. Primary key. What still waits stays.
DELETE FROM message AS m
 USING unnest($1::smallint[], $2::bigint[]) AS g (partition, number)
 WHERE m.partition = g.partition
   AND m.number = g.number
   AND m.status <> 0;
