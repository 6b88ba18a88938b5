-- A page of contacts, newest first. ?1 before, ?2 limit.
SELECT id, high, body
  FROM contact
 WHERE id < ?1
   AND length(body) > 0
 ORDER BY id DESC
 LIMIT ?2;
