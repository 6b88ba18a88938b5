-- Refusals of one contact ($1 partition, $2 number) in one journey ($3), newest first, $4 at most. Primary key.
SELECT contact, high, journey, starting_point, reason, day, at
  FROM refusal
 WHERE partition = $1
   AND contact = $2
   AND journey = $3
 ORDER BY number DESC
 LIMIT $4;
