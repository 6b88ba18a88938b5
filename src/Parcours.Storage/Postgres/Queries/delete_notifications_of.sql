-- Contacts ($1) are forgotten, and what was told of them. Index notification_contact.
DELETE FROM notification
 WHERE contact = ANY ($1);
