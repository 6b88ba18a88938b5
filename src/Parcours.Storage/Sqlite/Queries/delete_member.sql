-- ?1 kind, ?2 name, ?3 contact.
DELETE FROM member
 WHERE kind = ?1
   AND name = ?2
   AND contact = ?3;
