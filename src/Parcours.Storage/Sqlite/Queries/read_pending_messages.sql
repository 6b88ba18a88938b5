-- Messages to be handed over, whose not-before (?1) has come, by number after ?2; ?3 limit. Index message_pending: what is sent or waits for later is not looked at.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data
  FROM message INDEXED BY message_pending
 WHERE status = 0
   AND claimed IS NULL
   AND not_before <= ?1
   AND number > ?2
 ORDER BY number
 LIMIT ?3;
