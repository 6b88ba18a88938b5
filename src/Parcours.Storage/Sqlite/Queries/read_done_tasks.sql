-- Done tasks, newest first, before (?1 done, ?2 id); filters as for the open ones. Index task_done.
SELECT id, contact, high, enrolment, journey, point, title, note, kind, priority, due, assignee, created, created_by, done, done_by, team
  FROM task
 WHERE done IS NOT NULL
   AND (done, id) < (?1, ?2)
   AND (?3 IS NULL OR assignee = ?3)
   AND (?4 = 0 OR assignee IS NULL)
   AND (?5 IS NULL OR journey = ?5)
   AND (?6 IS NULL OR due < ?6)
   AND (?8 IS NULL OR instr(?8, char(10) || team || char(10)) > 0)
 ORDER BY done DESC, id DESC
 LIMIT ?7;
