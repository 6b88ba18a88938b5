-- Refusals of one contact in one journey, newest first. Index refusal_once. ?1 contact, ?2 journey, ?3 limit.
SELECT id, contact, high, journey, starting_point, reason, day, at
  FROM refusal
 WHERE contact = ?1
   AND journey = ?2
 ORDER BY id DESC
 LIMIT ?3;
