-- ?1 number.
SELECT key, contact, high, at, sender, recipient, subject, preheader, html, plain, headers
  FROM sandbox_mail
 WHERE number = ?1;
