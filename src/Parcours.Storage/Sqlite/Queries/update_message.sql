-- What became of a message. ?1 number, ?2 status, ?3 why, ?4 at, ?5 not before (NULL: as it was), ?6 claimed, ?7 attempts, ?8 version of the content, ?9 expiry (NULL: as it was).
-- What came back of a message (5 to 9) proves more than what the outbox says of it, which may be told after it.
-- One that waits again says how often it was tried: what was claimed and never begun takes its attempt back.
-- Settled is the first instant at which it was no longer pending.
UPDATE message
   SET status = CASE WHEN ?2 NOT BETWEEN 5 AND 9 AND status BETWEEN 5 AND 9 THEN status ELSE ?2 END,
       why = ?3,
       not_before = coalesce(?5, not_before),
       claimed = ?6,
       attempts = CASE WHEN ?2 = 0 THEN ?7 ELSE max(attempts, ?7) END,
       settled = CASE WHEN ?2 = 0 AND status NOT BETWEEN 5 AND 9 THEN NULL ELSE coalesce(settled, ?4) END,
       content_version = coalesce(?8, content_version),
       expires = coalesce(?9, expires)
 WHERE number = ?1;
