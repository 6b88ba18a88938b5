-- Who failed in a journey (?1), by point, contact and number after (?2, ?3, ?4), ?5 at most. Index enrolment_failed.
SELECT contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body
  FROM enrolment
 WHERE outcome = 6
   AND journey = ?1
   AND (point, contact, number) > (?2, ?3, ?4)
 ORDER BY point, contact, number
 LIMIT ?5;
