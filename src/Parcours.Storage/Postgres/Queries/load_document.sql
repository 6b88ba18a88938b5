-- $1 kind, $2 id. Primary key.
SELECT id, revision, created, updated, json
  FROM document
 WHERE kind = $1
   AND id = $2;
