-- What people may change of a task. Whom it is about follows merges only.
UPDATE task
   SET title = ?2,
       note = ?3,
       kind = ?4,
       priority = ?5,
       due = ?6,
       assignee = ?7,
       done = ?8,
       done_by = ?9,
       team = ?10
 WHERE id = ?1;
