-- What was handed back. Primary key.
DELETE FROM allocation AS a
 USING unnest($1::smallint[], $2::text[], $3::bigint[]) AS g (partition, allocator, number)
 WHERE a.partition = g.partition
   AND a.allocator = g.allocator
   AND a.number = g.number;
