-- One ($2) went to its reader ($1) by mail at $3. Primary key.
UPDATE notification
   SET mailed = $3
 WHERE reader = $1
   AND id = $2;
