-- The trips of one contact, newest first. Primary key. ?1 contact, ?2 limit.
SELECT contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body
  FROM enrolment
 WHERE contact = ?1
 ORDER BY started DESC, journey, number DESC
 LIMIT ?2;
