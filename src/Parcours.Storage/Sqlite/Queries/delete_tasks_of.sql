-- A contact is forgotten, and what was to be done about it. Index task_contact.
DELETE FROM task
 WHERE contact = ?1;
