-- Who failed at a point ($2) of a journey ($1), by contact and number after ($3, $4), $5 at most. Index enrolment_failed, a descent a partition.
SELECT e.*
  FROM generate_series(0, 63) AS p (partition)
 CROSS JOIN LATERAL (SELECT contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body
                       FROM enrolment
                      WHERE partition = p.partition::smallint
                        AND outcome = 6
                        AND journey = $1
                        AND point = $2
                        AND (contact, number) > ($3, $4)
                      ORDER BY contact, number
                      LIMIT $5) AS e
 ORDER BY e.contact, e.number
 LIMIT $5;
