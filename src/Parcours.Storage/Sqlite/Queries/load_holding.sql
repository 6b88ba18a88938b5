-- What intake knows of one contact. ?1 its number.
SELECT high, merged_into, identities
  FROM contact
 WHERE id = ?1
   AND identities IS NOT NULL;
