-- What waits in each partition at an instant ($1), each counted up to $2: entries, timers by the clock of their journey, messages that may go, messages on their way; and when the oldest of the entries was received. By index: primary key, enrolment_due, message_pending, message_claimed.
SELECT o.partition,
       (SELECT count(*)
          FROM (SELECT
                  FROM entry AS e
                 WHERE e.partition = o.partition
                   AND e.sequence > o.cursor
                   AND e.flags & 2 = 0
                 LIMIT $2) AS c),
       (SELECT count(*)
          FROM document AS j
         CROSS JOIN generate_series(0, 1) AS q
         CROSS JOIN LATERAL (SELECT
                               FROM enrolment AS w
                              WHERE w.partition = o.partition
                                AND w.journey = j.id
                                AND w.queue = q
                                AND w.due IS NOT NULL
                                AND w.due <= $1
                              LIMIT $2) AS c
         WHERE j.kind = 'journey'),
       (SELECT count(*)
          FROM (SELECT
                  FROM message AS m
                 WHERE m.partition = o.partition
                   AND m.status = 0
                   AND m.claimed IS NULL
                   AND m.not_before <= $1
                 LIMIT $2) AS c),
       (SELECT count(*)
          FROM (SELECT
                  FROM message AS m
                 WHERE m.partition = o.partition
                   AND m.status = 0
                   AND m.claimed IS NOT NULL
                 LIMIT $2) AS c),
       (SELECT e.received
          FROM entry AS e
         WHERE e.partition = o.partition
           AND e.sequence > o.cursor
           AND e.flags & 2 = 0
         ORDER BY e.sequence
         LIMIT 1)
  FROM owner AS o
 ORDER BY o.partition;
