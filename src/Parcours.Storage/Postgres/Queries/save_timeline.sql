-- Lines of timelines. $1 partitions, $2 contacts, $3 sequences, $4 times, $5 bodies.
INSERT INTO timeline (partition, contact, sequence, at, body)
SELECT *
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bytea[])
    ON CONFLICT (partition, contact, sequence) DO UPDATE
   SET at = excluded.at,
       body = excluded.body;
