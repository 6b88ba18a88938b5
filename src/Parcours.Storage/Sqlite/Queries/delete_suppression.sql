-- ?1 address, ?2 channel.
DELETE FROM suppression
 WHERE address = ?1
   AND channel = ?2;
