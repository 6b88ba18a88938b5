-- ?1 contact. Primary key (contact, sequence): one range.
DELETE FROM timeline
 WHERE contact = ?1;
