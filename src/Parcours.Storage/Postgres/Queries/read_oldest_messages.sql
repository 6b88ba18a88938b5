-- Messages, oldest first, after $1; $2 at most. Primary key, a descent a partition.
SELECT m.*
  FROM generate_series(0, 63) AS p (partition)
 CROSS JOIN LATERAL (SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
                       FROM message
                      WHERE partition = p.partition::smallint
                        AND number > $1
                      ORDER BY number
                      LIMIT $2) AS m
 ORDER BY m.number
 LIMIT $2;
