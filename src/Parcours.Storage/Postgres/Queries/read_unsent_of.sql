-- Unsettled messages of an enrolment ($3), which are its contact's: $1 partition, $2 contact. Index message_contact.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message
 WHERE partition = $1
   AND contact = $2
   AND enrolment = $3
   AND status = 0
 ORDER BY number;
