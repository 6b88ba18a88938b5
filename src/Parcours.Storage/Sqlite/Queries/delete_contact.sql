-- ?1 contact. Its row alone: events and messages stay until retention takes them.
DELETE FROM contact
 WHERE id = ?1;
