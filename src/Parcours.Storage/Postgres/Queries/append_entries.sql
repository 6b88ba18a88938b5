-- A batch of entries in one statement; within a partition the sequence rises, so each goes to an end of the primary key.
INSERT INTO entry (partition, sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body)
SELECT *
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::smallint[], $7::smallint[], $8::bigint[], $9::bigint[], $10::text[], $11::bytea[], $12::bytea[]);
