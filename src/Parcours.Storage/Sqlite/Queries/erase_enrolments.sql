-- Of an erased contact: ?1. Primary key: one range.
DELETE FROM enrolment
 WHERE contact = ?1;
