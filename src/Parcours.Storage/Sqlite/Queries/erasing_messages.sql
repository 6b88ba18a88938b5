-- Messages of an erased contact (?1), the settled ones first; ?2 at most. Index message_contact.
SELECT number, key, status
  FROM message
 WHERE contact = ?1
 ORDER BY status = 0, number
 LIMIT ?2;
