-- $1 kind, $2 id, $3 the revision that it must have (NULL: any).
DELETE FROM document
 WHERE kind = $1
   AND id = $2
   AND ($3::bigint IS NULL OR revision = $3);
