-- Effects on contacts of other partitions, until they are in their journals; numbered in order. $1 senders, $2 contacts, $3 high, $4 kinds, $5 origins, $6 occurred, $7 names, $8 bodies.
INSERT INTO relay (partition, contact, high, kind, origin, occurred, name, body)
SELECT partition, contact, high, kind, origin, occurred, name, body
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::smallint[], $6::bigint[], $7::text[], $8::bytea[])
  WITH ORDINALITY AS r (partition, contact, high, kind, origin, occurred, name, body, place)
 ORDER BY place;
