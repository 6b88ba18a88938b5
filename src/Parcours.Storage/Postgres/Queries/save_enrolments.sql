-- Enrolments in their newest state. Primary key; the two partial indexes hold them only while they wait.
INSERT INTO enrolment AS e (partition, contact, journey, number, high, id, version, point, since, queue, due, outcome, started, ended, why, revision, body)
SELECT *
  FROM unnest($1::smallint[], $2::bigint[], $3::text[], $4::integer[], $5::bigint[], $6::uuid[], $7::integer[], $8::text[], $9::bigint[], $10::smallint[], $11::bigint[], $12::smallint[], $13::bigint[], $14::bigint[], $15::text[], $16::integer[], $17::bytea[])
    ON CONFLICT (partition, contact, journey, number) DO UPDATE
   SET version = excluded.version,
       point = excluded.point,
       since = excluded.since,
       queue = excluded.queue,
       due = excluded.due,
       outcome = excluded.outcome,
       ended = excluded.ended,
       why = excluded.why,
       revision = excluded.revision,
       body = excluded.body;
