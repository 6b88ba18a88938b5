-- Of an erased contact: $1 partition, $2 number.
DELETE FROM refusal
 WHERE partition = $1
   AND contact = $2;
