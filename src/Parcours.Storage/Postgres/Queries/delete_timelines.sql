-- Timelines of contacts that are forgotten: $1 partitions, $2 numbers. Primary key: one range a contact.
DELETE FROM timeline AS t
 USING unnest($1::smallint[], $2::bigint[]) AS g (partition, contact)
 WHERE t.partition = g.partition
   AND t.contact = g.contact;
