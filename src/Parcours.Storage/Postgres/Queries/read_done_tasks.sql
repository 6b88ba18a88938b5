-- Done tasks, newest first, before ($1 done, $2 id); filters as for the open ones. Index task_done.
SELECT id, contact, high, enrolment, journey, point, title, note, kind, priority, due, assignee, created, created_by, done, done_by, team
  FROM task
 WHERE done IS NOT NULL
   AND (done, id) < ($1, $2)
   AND ($3::text IS NULL OR assignee = $3)
   AND (NOT $4::boolean OR assignee IS NULL)
   AND ($5::text IS NULL OR journey = $5)
   AND ($6::bigint IS NULL OR due < $6)
   AND ($8::text[] IS NULL OR team = ANY ($8))
 ORDER BY done DESC, id DESC
 LIMIT $7;
