-- Of an erased contact: ?1. Primary key: one range.
DELETE FROM opt_out
 WHERE contact = ?1;
