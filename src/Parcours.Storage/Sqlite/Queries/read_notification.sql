-- A user (?1) has read one (?2) at ?3. Primary key.
UPDATE notification
   SET seen = ?3
 WHERE reader = ?1
   AND id = ?2
   AND seen IS NULL;
