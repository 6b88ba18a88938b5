-- Messages of some partitions ($1) that are claimed and not settled, $2 at most. Index message_claimed.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message
 WHERE partition = ANY ($1)
   AND status = 0
   AND claimed IS NOT NULL
 ORDER BY number
 LIMIT $2;
