-- One a contact, journey, reason and day; a further one is dropped.
INSERT INTO refusal (partition, contact, journey, reason, day, high, starting_point, at)
SELECT *
  FROM unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[], $5::integer[], $6::bigint[], $7::text[], $8::bigint[])
    ON CONFLICT DO NOTHING;
