-- Open tasks by when they are due, after ($1 due, $2 id); of $3 assignee, or of nobody ($4); of $5 journey; due before $6; of $8 teams. Index task_open: as many as are open are looked at, at most.
SELECT id, contact, high, enrolment, journey, point, title, note, kind, priority, due, assignee, created, created_by, done, done_by, team
  FROM task
 WHERE done IS NULL
   AND (due, id) > ($1, $2)
   AND ($3::text IS NULL OR assignee = $3)
   AND (NOT $4::boolean OR assignee IS NULL)
   AND ($5::text IS NULL OR journey = $5)
   AND ($6::bigint IS NULL OR due < $6)
   AND ($8::text[] IS NULL OR team = ANY ($8))
 ORDER BY due, id
 LIMIT $7;
