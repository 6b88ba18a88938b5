-- One event that is older than it is kept: ?1 sequence. Primary key.
DELETE FROM entry
 WHERE sequence = ?1
   AND kind = 1;
