-- Contacts whose flip timer is due at ?1, after number ?2: the rest of an instant that a page ended in. A condition may flip for everybody at once. Index contact_flip.
SELECT id, high, flip_at
  FROM contact
 WHERE flip_at = ?1
   AND id > ?2
 ORDER BY id;
