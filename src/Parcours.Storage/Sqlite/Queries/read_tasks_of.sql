-- All tasks about a contact (?1): few. Index task_contact.
SELECT id, contact, high, enrolment, journey, point, title, note, kind, priority, due, assignee, created, created_by, done, done_by, team
  FROM task
 WHERE contact = ?1;
