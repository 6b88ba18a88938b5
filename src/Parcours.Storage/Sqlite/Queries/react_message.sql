-- How often a message (?1) was opened (?2) and clicked (?3) by now.
UPDATE message
   SET opens = ?2,
       clicks = ?3
 WHERE number = ?1;
