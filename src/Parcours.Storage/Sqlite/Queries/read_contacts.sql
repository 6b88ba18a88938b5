-- A page of contacts by number. ?1 after, ?2 limit.
SELECT id, high, body
  FROM contact
 WHERE id > ?1
   AND length(body) > 0
 ORDER BY id
 LIMIT ?2;
