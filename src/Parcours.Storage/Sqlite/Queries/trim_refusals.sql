-- The oldest refusals before ?1, ?2 at most: they lie in order of time.
DELETE FROM refusal
 WHERE id IN (SELECT id
                FROM (SELECT id, at
                        FROM refusal
                       ORDER BY id
                       LIMIT ?2)
               WHERE at < ?1);
