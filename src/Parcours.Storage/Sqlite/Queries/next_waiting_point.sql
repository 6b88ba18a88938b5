-- The first point of a journey after ?2 at which somebody waits. Index enrolment_waiting: one seek a point, whoever waits there.
SELECT min(point)
  FROM enrolment
 WHERE outcome IS NULL
   AND journey = ?1
   AND point > ?2;
