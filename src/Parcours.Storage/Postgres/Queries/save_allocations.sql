-- What allocators give out, as it stands now. Primary key.
INSERT INTO allocation (partition, allocator, number, status, ask, contact, high, enrolment, at, value, expires, kept_until)
SELECT *
  FROM unnest($1::smallint[], $2::text[], $3::bigint[], $4::smallint[], $5::uuid[], $6::bigint[], $7::bigint[], $8::uuid[], $9::bigint[], $10::text[], $11::bigint[], $12::bigint[])
    ON CONFLICT (partition, allocator, number) DO UPDATE
   SET status = excluded.status,
       ask = excluded.ask,
       contact = excluded.contact,
       high = excluded.high,
       enrolment = excluded.enrolment,
       at = excluded.at,
       value = excluded.value,
       expires = excluded.expires,
       kept_until = excluded.kept_until;
