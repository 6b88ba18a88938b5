-- Takes a task away.
DELETE FROM task
 WHERE id = ?1;
