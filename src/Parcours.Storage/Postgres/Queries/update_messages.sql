-- What became of messages, each named once. $1 partitions, $2 numbers, $3 statuses, $4 why, $5 at, $6 not before (NULL: as it was), $7 claimed, $8 attempts, $9 version of the content, $10 expiry (NULL: as it was).
-- What came back of a message (5 to 9) proves more than what the outbox says of it, which may be told after it.
-- One that waits again says how often it was tried: what was claimed and never begun takes its attempt back.
-- Settled is the first instant at which it was no longer pending.
UPDATE message AS m
   SET status = CASE WHEN u.status NOT BETWEEN 5 AND 9 AND m.status BETWEEN 5 AND 9 THEN m.status ELSE u.status END,
       why = u.why,
       not_before = coalesce(u.not_before, m.not_before),
       claimed = u.claimed,
       attempts = CASE WHEN u.status = 0 THEN u.attempts ELSE greatest(m.attempts, u.attempts) END,
       settled = CASE WHEN u.status = 0 AND m.status NOT BETWEEN 5 AND 9 THEN NULL ELSE coalesce(m.settled, u.at) END,
       content_version = coalesce(u.content_version, m.content_version),
       expires = coalesce(u.expires, m.expires)
  FROM unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::integer[], $9::integer[], $10::bigint[])
    AS u (partition, number, status, why, at, not_before, claimed, attempts, content_version, expires)
 WHERE m.partition = u.partition
   AND m.number = u.number;
