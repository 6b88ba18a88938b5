-- What intake knows of one contact. ?1 its number.
SELECT high, merged_into, identities
  FROM holding
 WHERE contact = ?1;
