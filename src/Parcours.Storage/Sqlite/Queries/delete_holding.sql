-- ?1 contact.
DELETE FROM holding
 WHERE contact = ?1;
