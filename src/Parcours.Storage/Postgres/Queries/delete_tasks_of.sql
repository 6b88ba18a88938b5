-- Contacts ($1) are forgotten, and what was to be done about them. Index task_contact.
DELETE FROM task
 WHERE contact = ANY ($1);
