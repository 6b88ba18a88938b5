-- How many mails of the sandbox mailbox are later than ?1, ?2 at most. Index sandbox_mail_at.
SELECT count(*)
  FROM (SELECT 1
          FROM sandbox_mail
         WHERE at > ?1
         LIMIT ?2);
