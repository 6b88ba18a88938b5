-- ?1 sequence.
DELETE FROM entry
 WHERE sequence = ?1;
