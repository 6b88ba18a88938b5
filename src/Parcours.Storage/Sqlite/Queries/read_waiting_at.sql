-- Who waits at a point, by contact after ?3. Index enrolment_waiting. ?1 journey, ?2 point, ?4 limit.
SELECT contact, high
  FROM enrolment
 WHERE outcome IS NULL
   AND journey = ?1
   AND point = ?2
   AND contact > ?3
 ORDER BY contact, number
 LIMIT ?4;
