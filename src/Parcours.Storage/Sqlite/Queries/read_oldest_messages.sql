-- Messages, oldest first, after ?1; ?2 at most. Primary key.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message
 WHERE number > ?1
 ORDER BY number
 LIMIT ?2;
