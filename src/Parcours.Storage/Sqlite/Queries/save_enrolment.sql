-- An enrolment in its newest state. Primary key (contact, journey, number); the two partial indexes hold it only while it waits.
INSERT INTO enrolment (contact, high, journey, number, id, version, point, since, queue, due, outcome, started, ended, why, revision, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
    ON CONFLICT (contact, journey, number) DO UPDATE
   SET version = excluded.version,
       point = excluded.point,
       since = excluded.since,
       queue = excluded.queue,
       due = excluded.due,
       outcome = excluded.outcome,
       ended = excluded.ended,
       why = excluded.why,
       revision = excluded.revision,
       body = excluded.body;
