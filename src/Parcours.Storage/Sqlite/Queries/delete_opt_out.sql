-- ?1 contact, ?2 channel, ?3 topic.
DELETE FROM opt_out
 WHERE contact = ?1
   AND channel = ?2
   AND topic = ?3;
