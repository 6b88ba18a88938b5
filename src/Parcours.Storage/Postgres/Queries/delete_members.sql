-- $1 partitions, $2 kinds, $3 names, $4 contacts.
DELETE FROM member AS m
 USING unnest($1::smallint[], $2::text[], $3::text[], $4::bigint[]) AS g (partition, kind, name, contact)
 WHERE m.partition = g.partition
   AND m.kind = g.kind
   AND m.name = g.name
   AND m.contact = g.contact;
