-- What users are told: a row each, so that each reads for themselves; of no partition, as tasks are.
CREATE TABLE notification (
  reader  text COLLATE "C" NOT NULL,
  id      uuid NOT NULL,
  contact bigint,
  high    bigint,
  journey text COLLATE "C",
  point   text COLLATE "C",
  body    text COLLATE "C" NOT NULL,
  at      bigint NOT NULL,
  seen    bigint,
  PRIMARY KEY (reader, id)
);
CREATE INDEX notification_at ON notification (reader, at, id);
CREATE INDEX notification_unread ON notification (reader) WHERE seen IS NULL;
CREATE INDEX notification_contact ON notification (contact) WHERE contact IS NOT NULL;
