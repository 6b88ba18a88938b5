-- Whether messages of an erased contact ($1 partition, $2 number) are left. Index message_contact.
SELECT number
  FROM message
 WHERE partition = $1
   AND contact = $2
 LIMIT 1;
