-- Contacts whose flip timer is due up to ?1, after (?2 flip, ?3 number). Index contact_flip.
SELECT id, high, flip_at
  FROM contact
 WHERE flip_at IS NOT NULL
   AND flip_at <= ?1
   AND (flip_at, id) > (?2, ?3)
 ORDER BY flip_at, id;
