-- From a message's key (?1) to its number, as far as it is merged.
SELECT number
  FROM message_key
 WHERE key = ?1;
