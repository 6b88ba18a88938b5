-- Documents of a kind by id: after ?2, from ?3 on. Primary key. ?1 kind, ?4 limit.
SELECT id, revision, created, updated, json
  FROM document
 WHERE kind = ?1
   AND id > ?2
   AND id >= ?3
 ORDER BY id
 LIMIT ?4;
