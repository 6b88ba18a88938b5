-- Contacts as they are now. One form for new and known ones: it finds each by its primary key whatever the statistics say, where UPDATE .. FROM was planned as a scan on fresh tables.
INSERT INTO contact AS c (partition, id, high, flip_at, body)
SELECT *
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bytea[])
    ON CONFLICT (partition, id) DO UPDATE
   SET flip_at = excluded.flip_at,
       body = excluded.body;
