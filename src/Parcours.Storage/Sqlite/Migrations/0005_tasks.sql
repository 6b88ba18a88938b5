-- Tasks for people (Semantics 3.7): of no partition, since people look at all of them by who does them and when. "due" is the highest number where there is no time: those come last.
CREATE TABLE task (
  id         BLOB PRIMARY KEY,
  contact    INTEGER,
  high       INTEGER,
  enrolment  BLOB,
  journey    TEXT,
  point      TEXT,
  title      TEXT NOT NULL,
  note       TEXT,
  kind       INTEGER NOT NULL,
  priority   INTEGER NOT NULL,
  due        INTEGER NOT NULL,
  assignee   TEXT,
  created    INTEGER NOT NULL,
  created_by TEXT,
  done       INTEGER,
  done_by    TEXT
) WITHOUT ROWID;
CREATE INDEX task_open ON task (due, id) WHERE done IS NULL;
CREATE INDEX task_done ON task (done, id) WHERE done IS NOT NULL;
CREATE INDEX task_assignee ON task (assignee) WHERE done IS NULL;
CREATE INDEX task_contact ON task (contact) WHERE contact IS NOT NULL;
