-- $1 keys.
SELECT key
  FROM sandbox_mail
 WHERE key = ANY ($1);
