-- ?1 kind, ?2 id.
DELETE FROM document
 WHERE kind = ?1
   AND id = ?2;
