-- Messages to be handed over, whose not-before (?1) has come, by not-before and number after (?2, ?3); ?4 limit. Index message_pending, in its order: of a long queue only the page is looked at.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message INDEXED BY message_pending
 WHERE status = 0
   AND claimed IS NULL
   AND not_before <= ?1
   AND (not_before, number) > (?2, ?3)
 ORDER BY not_before, number
 LIMIT ?4;
