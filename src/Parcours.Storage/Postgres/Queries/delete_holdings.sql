-- Contacts that are forgotten, with their identities as they stand. $1 partitions, $2 numbers.
DELETE FROM holding AS h
 USING unnest($1::smallint[], $2::bigint[]) AS g (partition, contact)
 WHERE h.partition = g.partition
   AND h.contact = g.contact
RETURNING h.contact, h.high, h.revision, h.merged_into, h.identities;
