-- Messages as they were decided; within a partition the number rises.
INSERT INTO message (partition, number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data)
SELECT *
  FROM unnest($1::smallint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::text[], $8::integer[], $9::text[], $10::integer[], $11::text[], $12::text[], $13::text[], $14::smallint[], $15::text[], $16::bigint[], $17::bigint[], $18::bigint[], $19::smallint[], $20::text[], $21::bigint[], $22::integer[], $23::bigint[], $24::bigint[], $25::bytea[])
    ON CONFLICT (partition, number) DO NOTHING;
