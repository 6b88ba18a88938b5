-- ?1 kind, ?2 id.
SELECT id, revision, created, updated, json
  FROM document
 WHERE kind = ?1
   AND id = ?2;
