-- What an allocator gives out, as it stands now. Primary key.
INSERT INTO allocation (allocator, number, partition, status, ask, contact, high, enrolment, at, value, expires, kept_until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
    ON CONFLICT (allocator, number) DO UPDATE
   SET status = excluded.status,
       ask = excluded.ask,
       contact = excluded.contact,
       high = excluded.high,
       enrolment = excluded.enrolment,
       at = excluded.at,
       value = excluded.value,
       expires = excluded.expires,
       kept_until = excluded.kept_until;
