-- A page of members by contact. Primary key. ?1 kind, ?2 name, ?3 after contact, ?4 limit.
SELECT contact, high, at
  FROM member
 WHERE kind = ?1
   AND name = ?2
   AND contact > ?3
 ORDER BY contact
 LIMIT ?4;
