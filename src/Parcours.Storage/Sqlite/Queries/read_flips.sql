-- Contacts whose flip timer is due up to ?1 and after ?2. Index contact_flip.
SELECT id, high, flip_at
  FROM contact
 WHERE flip_at IS NOT NULL
   AND flip_at <= ?1
   AND flip_at > ?2
 ORDER BY flip_at, id;
