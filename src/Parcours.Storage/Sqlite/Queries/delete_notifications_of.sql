-- A contact is forgotten, and what was told of it. Index notification_contact.
DELETE FROM notification
 WHERE contact = ?1;
