-- Allocators as they stand now. Primary key.
INSERT INTO allocator (partition, id, waits, state)
SELECT *
  FROM unnest($1::smallint[], $2::text[], $3::smallint[], $4::bytea[])
    ON CONFLICT (partition, id) DO UPDATE
   SET waits = excluded.waits,
       state = excluded.state;
