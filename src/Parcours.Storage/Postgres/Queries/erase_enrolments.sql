-- Of an erased contact: $1 partition, $2 number.
DELETE FROM enrolment
 WHERE partition = $1
   AND contact = $2;
