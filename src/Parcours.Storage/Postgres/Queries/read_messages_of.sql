-- Messages of a contact ($1 partition, $2 number), newest first, before $3; of a journey ($4) and a status ($5), NULL: any; $6 at most. Index message_contact.
SELECT number, key, contact, high, enrolment, journey, version, point, visit, channel, content, topic, purpose, address, decided, not_before, expires, status, why, claimed, attempts, settled, hold, data, opens, clicks
  FROM message
 WHERE partition = $1
   AND contact = $2
   AND number < $3
   AND ($4::text IS NULL OR journey = $4)
   AND ($5::smallint IS NULL OR status = $5)
 ORDER BY number DESC
 LIMIT $6;
