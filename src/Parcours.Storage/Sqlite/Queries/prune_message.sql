-- One message that is older than it is kept: ?1 number. Primary key. What still waits stays. Its key stays in the gathered index and leads nowhere.
DELETE FROM message
 WHERE number = ?1
   AND status <> 0;
