-- ?1 number. The caller compares the whole id: a number alone proves nothing.
SELECT id, high, body
  FROM contact
 WHERE id = ?1
   AND length(body) > 0;
