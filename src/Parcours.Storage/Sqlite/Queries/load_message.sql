-- ?1 number.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message
 WHERE number = ?1;
