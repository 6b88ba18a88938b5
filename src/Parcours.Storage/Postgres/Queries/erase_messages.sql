-- Messages of an erased contact ($1 partition, $2 number) that are settled; $3 at most. Index message_contact.
DELETE FROM message
 WHERE partition = $1
   AND number IN (SELECT number FROM message WHERE partition = $1 AND contact = $2 AND status <> 0 ORDER BY number LIMIT $3)
RETURNING key;
