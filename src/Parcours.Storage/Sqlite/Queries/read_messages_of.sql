-- Messages of a contact, newest first. Index message_contact. ?1 contact, ?2 before number.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message
 WHERE contact = ?1
   AND number < ?2
 ORDER BY number DESC;
