-- The queue of a point with its rows: journey $1, point $2, after contact $3, $4 at most. Index enrolment_waiting, a descent a partition.
SELECT e.*
  FROM generate_series(0, 63) AS p (partition)
 CROSS JOIN LATERAL (SELECT contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body
                       FROM enrolment
                      WHERE partition = p.partition::smallint
                        AND outcome IS NULL
                        AND journey = $1
                        AND point = $2
                        AND contact > $3
                      ORDER BY contact, number
                      LIMIT $4) AS e
 ORDER BY e.contact, e.number
 LIMIT $4;
