-- A task, made once (Semantics 3.7).
INSERT INTO task (id, contact, high, enrolment, journey, point, title, note, kind, priority, due, assignee, created, created_by, done, done_by, team)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
    ON CONFLICT DO NOTHING;
