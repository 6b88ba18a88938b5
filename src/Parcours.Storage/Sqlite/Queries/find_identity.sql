-- Who has the identities of a hash. ?1 hash.
SELECT holders
  FROM identity
 WHERE hash = ?1;
