-- New identities, sorted by hash. One that somebody else took meanwhile fails it, and all is resolved anew (Semantics 4.2).
INSERT INTO identity (hash, kind, value, partition, contact, high)
SELECT *
  FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::smallint[], $5::bigint[], $6::bigint[]);
