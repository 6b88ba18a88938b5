-- Contacts that intake made: $1 partitions, $2 numbers, $3 high, $4 merged into, $5 identities.
INSERT INTO holding (partition, contact, high, revision, merged_into, identities)
SELECT partition, contact, high, 1, merged_into, identities
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::uuid[], $5::bytea[]) AS n (partition, contact, high, merged_into, identities);
