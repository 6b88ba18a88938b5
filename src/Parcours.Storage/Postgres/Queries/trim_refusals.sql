-- The oldest refusals before $1, $2 at most. Index refusal_oldest.
DELETE FROM refusal AS r
 USING (SELECT partition, contact, journey, reason, day
          FROM refusal
         WHERE at < $1
         ORDER BY at
         LIMIT $2) AS gone
 WHERE r.partition = gone.partition
   AND r.contact = gone.contact
   AND r.journey = gone.journey
   AND r.reason = gone.reason
   AND r.day = gone.day;
