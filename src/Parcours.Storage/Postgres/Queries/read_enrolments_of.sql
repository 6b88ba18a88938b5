-- The trips of one contact ($1 partition, $2 number), newest first, $3 at most. Primary key.
SELECT contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body
  FROM enrolment
 WHERE partition = $1
   AND contact = $2
 ORDER BY started DESC, journey, number DESC
 LIMIT $3;
