-- $1 partitions, $2 kinds, $3 names, $4 contacts, $5 high, $6 at.
INSERT INTO member (partition, kind, name, contact, high, at)
SELECT *
  FROM unnest($1::smallint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
    ON CONFLICT (partition, kind, name, contact) DO UPDATE
   SET at = excluded.at;
