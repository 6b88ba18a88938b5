-- From a mail's key (?1) to its number, as far as it is merged.
SELECT number
  FROM sandbox_key
 WHERE key = ?1;
