-- The whole schema as of number 4; numbers go with those of SQLite's folder. Times are microseconds since 1970 UTC. A contact's number is the low half of its id; "high" is
-- the other half. Names compare byte by byte, as everywhere in the program, whatever the database's own collation is.

-- What was fixed when the installation was made: the salt of its contacts' ids.
CREATE TABLE installation (
  id   smallint PRIMARY KEY CHECK (id = 0),
  salt bigint   NOT NULL
);

CREATE SEQUENCE contact_number AS bigint;

-- The journal's end a partition, locked by whoever appends (Semantics 15.5): a sequence becomes visible after all before it.
CREATE TABLE tail (
  partition smallint PRIMARY KEY,
  sequence  bigint   NOT NULL,
  received  bigint   NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

-- How far a partition's owner has come. "sequence" and "message" are the last numbers that it gave out itself.
CREATE TABLE owner (
  partition smallint PRIMARY KEY,
  epoch     bigint   NOT NULL,
  cursor    bigint   NOT NULL,
  clock     bigint   NOT NULL,
  sequence  bigint   NOT NULL,
  message   bigint   NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

INSERT INTO tail (partition, sequence, received)
SELECT p, 0, 0
  FROM generate_series(0, 63) AS p;

INSERT INTO owner (partition, epoch, cursor, clock, sequence, message)
SELECT p, 0, 0, 0, 0, 0
  FROM generate_series(0, 63) AS p;

-- Identities (Semantics 4.1): the one table beside de-duplication that is not cut by partition. The hash is of kind and value.
CREATE TABLE identity (
  hash      uuid     PRIMARY KEY,
  kind      smallint NOT NULL,
  value     text     COLLATE "C" NOT NULL,
  partition smallint NOT NULL,           -- the contact's
  contact   bigint   NOT NULL,
  high      bigint   NOT NULL
);

-- Which identities a contact has, as intake knows it. The revision shows whether somebody else wrote meanwhile.
CREATE TABLE holding (
  partition  smallint NOT NULL,
  contact    bigint   NOT NULL,
  high       bigint   NOT NULL,
  revision   bigint   NOT NULL,
  merged_into uuid,
  identities bytea    NOT NULL,
  PRIMARY KEY (partition, contact)
) WITH (fillfactor = 90);

-- Message ids of the last days (Semantics 5.1): two generations, the older emptied as a whole.
CREATE TABLE seen_0 (
  id   uuid    PRIMARY KEY,
  body integer NOT NULL
);
CREATE TABLE seen_1 (
  id   uuid    PRIMARY KEY,
  body integer NOT NULL
);

CREATE TABLE seen_generation (
  id     smallint PRIMARY KEY CHECK (id = 0),
  number bigint   NOT NULL,
  began  bigint   NOT NULL
);
INSERT INTO seen_generation (id, number, began) VALUES (0, 0, 0);

-- The journal and the history of events in one (Semantics 5.2), cut by time: sequences rise with it. contact NULL: an entry of a whole partition.
CREATE TABLE entry (
  partition  smallint NOT NULL,
  sequence   bigint   NOT NULL,
  contact    bigint,
  high       bigint   NOT NULL,
  kind       smallint NOT NULL,
  origin     smallint NOT NULL,
  flags      smallint NOT NULL,          -- 1: first of a new contact; 2: recorded by a journey, never to be processed
  received   bigint   NOT NULL,
  occurred   bigint   NOT NULL,
  name       text     COLLATE "C",
  identities bytea,                      -- attached and released; NULL: none
  body       bytea    NOT NULL,
  PRIMARY KEY (partition, sequence)
) PARTITION BY RANGE (sequence);
CREATE TABLE entry_rest PARTITION OF entry DEFAULT;

-- What is trimmed: entries that are no events.
CREATE INDEX entry_no_event ON entry (partition, sequence) WHERE kind <> 1;

CREATE TABLE event_name (
  name text COLLATE "C" PRIMARY KEY
);

CREATE TABLE relay (
  partition smallint NOT NULL,           -- the sender's
  number    bigint   GENERATED ALWAYS AS IDENTITY,
  contact   bigint   NOT NULL,
  high      bigint   NOT NULL,
  kind      smallint NOT NULL,
  origin    smallint NOT NULL,
  occurred  bigint   NOT NULL,
  name      text     COLLATE "C",
  body      bytea    NOT NULL,
  PRIMARY KEY (partition, number)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE TABLE contact (
  partition smallint NOT NULL,
  id        bigint   NOT NULL,
  high      bigint   NOT NULL,
  flip_at   bigint,
  body      bytea    NOT NULL,
  PRIMARY KEY (partition, id)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX contact_flip ON contact (partition, flip_at, id) WHERE flip_at IS NOT NULL;

CREATE TABLE enrolment (
  partition smallint NOT NULL,
  contact   bigint   NOT NULL,
  journey   text     COLLATE "C" NOT NULL,
  number    integer  NOT NULL,
  high      bigint   NOT NULL,
  id        uuid     NOT NULL,
  version   integer  NOT NULL,
  point     text     COLLATE "C" NOT NULL,
  since     bigint   NOT NULL,
  queue     smallint NOT NULL,
  due       bigint,
  outcome   smallint,
  started   bigint   NOT NULL,
  ended     bigint,
  why       text     COLLATE "C",
  revision  integer  NOT NULL,
  body      bytea    NOT NULL,
  PRIMARY KEY (partition, contact, journey, number)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

-- Only who waits is in an index: the two queues of a journey, and the queue of a point.
CREATE INDEX enrolment_due ON enrolment (partition, journey, queue, due, contact, number) WHERE due IS NOT NULL;
CREATE INDEX enrolment_waiting ON enrolment (partition, journey, point, contact, number) WHERE outcome IS NULL;

CREATE TABLE timeline (
  partition smallint NOT NULL,
  contact   bigint   NOT NULL,
  sequence  bigint   NOT NULL,
  at        bigint   NOT NULL,
  body      bytea    NOT NULL,
  PRIMARY KEY (partition, contact, sequence)
) PARTITION BY RANGE (sequence);
CREATE TABLE timeline_rest PARTITION OF timeline DEFAULT;

-- The outbox and the log of messages.
CREATE TABLE message (
  partition       smallint NOT NULL,
  number          bigint   NOT NULL,
  key             uuid     NOT NULL,
  contact         bigint   NOT NULL,
  high            bigint   NOT NULL,
  enrolment       uuid,
  journey         text     COLLATE "C" NOT NULL,
  version         integer  NOT NULL,
  point           text     COLLATE "C" NOT NULL,
  visit           integer  NOT NULL,
  channel         text     COLLATE "C" NOT NULL,
  content         text     COLLATE "C" NOT NULL,
  topic           text     COLLATE "C" NOT NULL,
  purpose         smallint NOT NULL,
  address         text     COLLATE "C",
  decided         bigint   NOT NULL,
  not_before      bigint   NOT NULL,
  expires         bigint   NOT NULL,
  status          smallint NOT NULL,
  why             text     COLLATE "C",
  claimed         bigint,
  attempts        integer  NOT NULL,
  settled         bigint,
  hold            bigint,
  content_version integer,
  opens           integer  NOT NULL DEFAULT 0,
  clicks          integer  NOT NULL DEFAULT 0,
  data            bytea    NOT NULL,
  PRIMARY KEY (partition, number)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX message_pending ON message (partition, not_before, number) WHERE status = 0 AND claimed IS NULL;
CREATE INDEX message_claimed ON message (partition, number) WHERE status = 0 AND claimed IS NOT NULL;
-- Without the partition, which a contact's number implies: with it the planner, as long as it had no statistics, looked a message up here by partition and number.
CREATE INDEX message_contact ON message (contact, number);
CREATE INDEX message_key ON message (key);

CREATE TABLE sandbox_mail (
  key       uuid   PRIMARY KEY,
  contact   bigint NOT NULL,
  high      bigint NOT NULL,
  at        bigint NOT NULL,
  sender    text   NOT NULL,
  recipient text   NOT NULL,
  subject   text   NOT NULL,
  preheader text   NOT NULL,
  html      text   NOT NULL,
  plain     text   NOT NULL,
  headers   text   NOT NULL
);
CREATE INDEX sandbox_mail_at ON sandbox_mail (at, key);

CREATE TABLE member (
  partition smallint NOT NULL,
  kind      text     COLLATE "C" NOT NULL,
  name      text     COLLATE "C" NOT NULL,
  contact   bigint   NOT NULL,
  high      bigint   NOT NULL,
  at        bigint   NOT NULL,
  PRIMARY KEY (partition, kind, name, contact)
);

-- A counter's value is the sum over its rows: who commits many partitions at once counts in the lowest of them.
CREATE TABLE counter (
  partition smallint NOT NULL,
  kind      smallint NOT NULL,
  journey   text     COLLATE "C" NOT NULL,
  version   integer  NOT NULL,
  point     text     COLLATE "C" NOT NULL,
  edge      text     COLLATE "C" NOT NULL,
  value     bigint   NOT NULL,
  PRIMARY KEY (partition, kind, journey, version, point, edge)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE refusal (
  partition      smallint NOT NULL,
  contact        bigint   NOT NULL,
  journey        text     COLLATE "C" NOT NULL,
  reason         text     COLLATE "C" NOT NULL,
  day            integer  NOT NULL,
  high           bigint   NOT NULL,
  starting_point text     COLLATE "C" NOT NULL,
  at             bigint   NOT NULL,
  number         bigint   GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (partition, contact, journey, reason, day)
);
CREATE INDEX refusal_newest ON refusal (journey, number);
CREATE INDEX refusal_oldest ON refusal (at);

-- Opt-outs of contacts, and addresses that nobody may write to (Semantics 10.3, 10.4).
CREATE TABLE opt_out (
  partition smallint NOT NULL,
  contact   bigint   NOT NULL,
  channel   text     COLLATE "C" NOT NULL,
  topic     text     COLLATE "C" NOT NULL,
  reason    text     COLLATE "C" NOT NULL,
  at        bigint   NOT NULL,
  PRIMARY KEY (partition, contact, channel, topic)
);

CREATE TABLE suppression (
  address    uuid   NOT NULL,
  channel    text   COLLATE "C" NOT NULL,
  reason     text   COLLATE "C" NOT NULL,
  at         bigint NOT NULL,
  plain      text   COLLATE "C",
  ordered_by text   COLLATE "C",
  PRIMARY KEY (address, channel)
);

-- One small row a commit (Semantics 1.5), under the lowest of its partitions. "commit" is a word of SQL.
CREATE TABLE commit_row (
  partition    smallint NOT NULL,
  sequence     bigint   NOT NULL,
  epoch        bigint   NOT NULL,
  clock_before bigint   NOT NULL,
  clock_after  bigint   NOT NULL,
  first_entry  bigint   NOT NULL,
  last_entry   bigint   NOT NULL,
  entries      integer  NOT NULL,
  timers       integer  NOT NULL,
  send_results integer  NOT NULL,
  PRIMARY KEY (partition, sequence)
);

CREATE TABLE dead_letter (
  number    bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  partition smallint NOT NULL,
  sequence  bigint   NOT NULL,
  at        bigint   NOT NULL,
  why       text     NOT NULL,
  body      bytea    NOT NULL
);

CREATE TABLE alert (
  number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journey text   COLLATE "C" NOT NULL,
  code    text   NOT NULL,
  detail  text   NOT NULL,
  at      bigint NOT NULL
);

CREATE TABLE document (
  kind     text   COLLATE "C" NOT NULL,
  id       text   COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  created  bigint NOT NULL,
  updated  bigint NOT NULL,
  json     bytea  NOT NULL,
  PRIMARY KEY (kind, id)
);

-- Who serves this database at present (Semantics 15.4). Only a list to look at: ownership is the advisory lock.
CREATE TABLE node (
  id       uuid        PRIMARY KEY,
  name     text        NOT NULL,
  address  text        NOT NULL,
  version  text        NOT NULL,
  started  timestamptz NOT NULL,
  seen     timestamptz NOT NULL,
  backend  integer     NOT NULL,         -- the process id of the connection that commits
  leaving  boolean     NOT NULL,
  owned    bigint      NOT NULL          -- a bit a partition
);
