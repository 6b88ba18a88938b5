-- $1 key.
SELECT key, contact, high, at, sender, recipient, subject, preheader, html, plain, headers
  FROM sandbox_mail
 WHERE key = $1;
