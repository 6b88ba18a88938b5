-- Tasks for people (Semantics 3.7): of no partition, since people look at all of them by who does them and when. "due" is the highest number where there is no time: those come last.
CREATE TABLE task (
  id         uuid PRIMARY KEY,
  contact    bigint,
  high       bigint,
  enrolment  uuid,
  journey    text COLLATE "C",
  point      text COLLATE "C",
  title      text COLLATE "C" NOT NULL,
  note       text COLLATE "C",
  kind       smallint NOT NULL,
  priority   smallint NOT NULL,
  due        bigint NOT NULL,
  assignee   text COLLATE "C",
  created    bigint NOT NULL,
  created_by text COLLATE "C",
  done       bigint,
  done_by    text COLLATE "C"
);
CREATE INDEX task_open ON task (due, id) WHERE done IS NULL;
CREATE INDEX task_done ON task (done, id) WHERE done IS NOT NULL;
CREATE INDEX task_assignee ON task (assignee) WHERE done IS NULL;
CREATE INDEX task_contact ON task (contact) WHERE contact IS NOT NULL;
