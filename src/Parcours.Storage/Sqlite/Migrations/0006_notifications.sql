-- What users are told: a row each, so that each reads for themselves; of no partition, as tasks are.
CREATE TABLE notification (
  reader  TEXT NOT NULL,
  id      BLOB NOT NULL,
  contact INTEGER,
  high    INTEGER,
  journey TEXT,
  point   TEXT,
  body    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  seen    INTEGER,
  PRIMARY KEY (reader, id)
) WITHOUT ROWID;
CREATE INDEX notification_at ON notification (reader, at, id);
CREATE INDEX notification_unread ON notification (reader) WHERE seen IS NULL;
CREATE INDEX notification_contact ON notification (contact) WHERE contact IS NOT NULL;
