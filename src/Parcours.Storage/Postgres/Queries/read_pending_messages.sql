-- Messages of some partitions ($1) to be handed over, whose not-before has come ($2), after ($3 not-before, $4 number), $5 at most. Index message_pending, a descent a partition: of a long
-- queue only the page is looked at.
SELECT m.*
  FROM unnest($1::smallint[]) AS p (partition)
 CROSS JOIN LATERAL (SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
                       FROM message
                      WHERE partition = p.partition
                        AND status = 0
                        AND claimed IS NULL
                        AND not_before <= $2
                        AND (not_before, number) > ($3, $4)
                      ORDER BY not_before, number
                      LIMIT $5) AS m
 ORDER BY m.not_before, m.number
 LIMIT $5;
