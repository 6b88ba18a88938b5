-- Open tasks by when they are due, after (?1 due, ?2 id); of ?3 assignee, or of nobody (?4 = 1); of ?5 journey; due before ?6; of ?8 teams, each between line ends. Index task_open: as many as are open are looked at, at most.
SELECT id, contact, high, enrolment, journey, point, title, note, kind, priority, due, assignee, created, created_by, done, done_by, team
  FROM task
 WHERE done IS NULL
   AND (due, id) > (?1, ?2)
   AND (?3 IS NULL OR assignee = ?3)
   AND (?4 = 0 OR assignee IS NULL)
   AND (?5 IS NULL OR journey = ?5)
   AND (?6 IS NULL OR due < ?6)
   AND (?8 IS NULL OR instr(?8, char(10) || team || char(10)) > 0)
 ORDER BY due, id
 LIMIT ?7;
