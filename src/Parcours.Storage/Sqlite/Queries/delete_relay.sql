-- ?1 id.
DELETE FROM relay
 WHERE id = ?1;
