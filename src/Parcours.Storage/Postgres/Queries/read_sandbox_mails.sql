-- A page of the sandbox mailbox, newest first, before ($1 at, $2 key), $3 at most. Index sandbox_mail_at.
SELECT key, contact, high, at, sender, recipient, subject, preheader, html, plain, headers
  FROM sandbox_mail
 WHERE (at, key) < ($1, $2)
 ORDER BY at DESC, key DESC
 LIMIT $3;
