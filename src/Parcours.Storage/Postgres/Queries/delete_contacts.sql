-- Contacts that are forgotten: $1 partitions, $2 numbers. Their rows alone: events and messages stay until retention takes them.
DELETE FROM contact AS c
 USING unnest($1::smallint[], $2::bigint[]) AS g (partition, id)
 WHERE c.partition = g.partition
   AND c.id = g.id;
