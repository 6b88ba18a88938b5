-- Of an erased contact: ?1. Index refusal_once: one range.
DELETE FROM refusal
 WHERE contact = ?1;
