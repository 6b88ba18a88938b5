-- Refusals of a journey ($1), newest first, $2 at most. Index refusal_newest.
SELECT contact, high, journey, starting_point, reason, day, at
  FROM refusal
 WHERE journey = $1
 ORDER BY number DESC
 LIMIT $2;
