-- Who failed at a point (?2) of a journey (?1), by contact and number after (?3, ?4), ?5 at most. Index enrolment_failed.
SELECT contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body
  FROM enrolment
 WHERE outcome = 6
   AND journey = ?1
   AND point = ?2
   AND (contact, number) > (?3, ?4)
 ORDER BY contact, number
 LIMIT ?5;
