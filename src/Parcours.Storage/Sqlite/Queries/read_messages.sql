-- Messages, newest first; ?1 before number, ?2 rows are looked at. Primary key; one range a transaction.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message
 WHERE number < ?1
 ORDER BY number DESC
 LIMIT ?2;
