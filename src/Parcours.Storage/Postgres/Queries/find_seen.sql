-- Of these message ids ($1), those seen in either generation, with what the first body was like. Primary keys.
SELECT id, body
  FROM seen_0
 WHERE id = ANY ($1)
 UNION ALL
SELECT id, body
  FROM seen_1
 WHERE id = ANY ($1);
