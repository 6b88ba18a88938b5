-- $1 partition, $2 contact, $3 channel, $4 topic.
DELETE FROM opt_out
 WHERE partition = $1
   AND contact = $2
   AND channel = $3
   AND topic = $4;
