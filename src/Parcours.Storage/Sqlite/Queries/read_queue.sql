-- The queue of a point with its rows. Index enrolment_waiting. ?1 journey, ?2 point, ?3 after contact, ?4 limit.
SELECT contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body
  FROM enrolment
 WHERE outcome IS NULL
   AND journey = ?1
   AND point = ?2
   AND contact > ?3
 ORDER BY contact, number
 LIMIT ?4;
