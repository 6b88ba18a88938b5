-- The whole schema of the first version. Times are microseconds since 1970 UTC. A contact's row number is the low half of its id; "high" is the other half,
-- so that an id can be told from its number without another look-up. Columns that hold a name hold its number in table name
-- (event: event_name), or the text itself once those tables are full. What is hashed is written in sorted slices only (see *_log and watermark).

-- Sequences, the tails, cursors and clocks of all partitions: one row, rewritten by each commit.
CREATE TABLE state (
  id   INTEGER PRIMARY KEY CHECK (id = 0),
  body BLOB NOT NULL
);

CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL
);

CREATE TABLE event_name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL
);

-- How far each gathered index is merged into its table: its log rows up to this number are nobody's.
CREATE TABLE watermark (
  name   TEXT PRIMARY KEY,
  merged INTEGER NOT NULL
) WITHOUT ROWID;

-- Identities (Semantics 4.1), by the hash of kind and value; a row lists all holders of that hash.
CREATE TABLE identity (
  hash    INTEGER PRIMARY KEY,
  holders BLOB NOT NULL
);

CREATE TABLE identity_log (
  number  INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
);

-- Which identities a contact has, as intake knows it: written by intake alone, in order of creation.
CREATE TABLE holding (
  contact     INTEGER PRIMARY KEY,
  high        INTEGER NOT NULL,
  merged_into BLOB,
  identities  BLOB NOT NULL
);

-- Message ids of the last days (Semantics 5.1): two generations, the older emptied as a whole.
CREATE TABLE seen_0 (id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE seen_1 (id BLOB PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE seen_generation (
  id     INTEGER PRIMARY KEY CHECK (id = 0),
  number INTEGER NOT NULL,
  began  INTEGER NOT NULL
);

CREATE TABLE seen_log (
  number  INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
);

-- The journal and the history of events in one (Semantics 5.2). contact < 0: an entry of a whole partition, number -1 - partition.
CREATE TABLE entry (
  sequence   INTEGER PRIMARY KEY,
  contact    INTEGER NOT NULL,
  high       INTEGER NOT NULL,
  kind       INTEGER NOT NULL,
  origin     INTEGER NOT NULL,
  flags      INTEGER NOT NULL,          -- 1: first of a new contact; 2: recorded by a journey, never to be processed
  received   INTEGER NOT NULL,
  occurred   INTEGER,                   -- NULL: when received
  name,
  identities BLOB,                      -- attached and released; NULL: none
  body       BLOB NOT NULL
);

CREATE TABLE relay (
  id       INTEGER PRIMARY KEY,
  sender   INTEGER NOT NULL,
  contact  INTEGER NOT NULL,
  high     INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  origin   INTEGER NOT NULL,
  occurred INTEGER NOT NULL,
  name     TEXT,
  body     BLOB NOT NULL
);

CREATE TABLE contact (
  id      INTEGER PRIMARY KEY,
  high    INTEGER NOT NULL,
  flip_at INTEGER,
  body    BLOB NOT NULL
);

CREATE INDEX contact_flip ON contact (flip_at) WHERE flip_at IS NOT NULL;

CREATE TABLE enrolment (
  contact  INTEGER NOT NULL,
  journey  NOT NULL,
  number   INTEGER NOT NULL,
  high     INTEGER NOT NULL,
  id       BLOB NOT NULL,
  version  INTEGER NOT NULL,
  point    NOT NULL,
  since    INTEGER NOT NULL,
  queue    INTEGER NOT NULL,
  due      INTEGER,
  outcome  INTEGER,
  started  INTEGER NOT NULL,
  ended    INTEGER,
  why      TEXT,
  revision INTEGER NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (contact, journey, number)
) WITHOUT ROWID;

-- Only who waits is in an index: the two queues of a journey, and the queue of a point.
CREATE INDEX enrolment_due ON enrolment (journey, queue, due, contact, number) WHERE due IS NOT NULL;
CREATE INDEX enrolment_waiting ON enrolment (journey, point, contact, number) WHERE outcome IS NULL;

CREATE TABLE timeline (
  contact  INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (contact, sequence)
) WITHOUT ROWID;

-- The outbox and the log of messages. What is claimed and not settled is found from the lowest such number, kept in state.
CREATE TABLE message (
  number          INTEGER PRIMARY KEY,
  key             BLOB NOT NULL,
  contact         INTEGER NOT NULL,
  high            INTEGER NOT NULL,
  enrolment       BLOB,
  journey         NOT NULL,
  version         INTEGER NOT NULL,
  point           NOT NULL,
  visit           INTEGER NOT NULL,
  channel         NOT NULL,
  content         NOT NULL,
  topic           NOT NULL,
  purpose         INTEGER NOT NULL,
  address         TEXT,
  decided         INTEGER NOT NULL,
  not_before      INTEGER NOT NULL,
  expires         INTEGER NOT NULL,
  status          INTEGER NOT NULL,
  why             TEXT,
  claimed         INTEGER,
  attempts        INTEGER NOT NULL,
  settled         INTEGER,
  hold            INTEGER,
  content_version INTEGER,
  data            BLOB NOT NULL
);

CREATE INDEX message_pending ON message (not_before, number) WHERE status = 0 AND claimed IS NULL;
CREATE INDEX message_contact ON message (contact, number);

CREATE TABLE message_key (
  key    BLOB PRIMARY KEY,
  number INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE message_key_log (
  number  INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
);

CREATE TABLE sandbox_mail (
  number    INTEGER PRIMARY KEY,
  key       BLOB NOT NULL,
  contact   INTEGER NOT NULL,
  high      INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  sender    TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject   TEXT NOT NULL,
  preheader TEXT NOT NULL,
  html      TEXT NOT NULL,
  plain     TEXT NOT NULL,
  headers   TEXT NOT NULL
);

CREATE INDEX sandbox_mail_at ON sandbox_mail (at, key);

CREATE TABLE sandbox_key (
  key    BLOB PRIMARY KEY,
  number INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sandbox_key_log (
  number  INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
);

CREATE TABLE member (
  kind    NOT NULL,
  name    NOT NULL,
  contact INTEGER NOT NULL,
  high    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (kind, name, contact)
) WITHOUT ROWID;

CREATE TABLE counter (
  kind    INTEGER NOT NULL,
  journey NOT NULL,
  version INTEGER NOT NULL,
  point   NOT NULL,
  edge    NOT NULL,
  value   INTEGER NOT NULL,
  PRIMARY KEY (kind, journey, version, point, edge)
) WITHOUT ROWID;

CREATE TABLE refusal (
  id             INTEGER PRIMARY KEY,
  contact        INTEGER NOT NULL,
  high           INTEGER NOT NULL,
  journey        NOT NULL,
  starting_point NOT NULL,
  reason         NOT NULL,
  day            INTEGER NOT NULL,
  at             INTEGER NOT NULL
);

CREATE UNIQUE INDEX refusal_once ON refusal (contact, journey, reason, day);

-- Opt-outs of contacts, and addresses that nobody may write to (Semantics 10.3, 10.4).
CREATE TABLE opt_out (
  contact INTEGER NOT NULL,
  channel TEXT NOT NULL,
  topic   TEXT NOT NULL,
  reason  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (contact, channel, topic)
) WITHOUT ROWID;

CREATE TABLE suppression (
  address BLOB NOT NULL,
  channel TEXT NOT NULL,
  reason  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (address, channel)
) WITHOUT ROWID;

-- One small row a commit (Semantics 1.5). "commit" is a word of SQL.
CREATE TABLE commit_row (
  sequence     INTEGER PRIMARY KEY,
  clock_before INTEGER NOT NULL,
  clock_after  INTEGER NOT NULL,
  first_entry  INTEGER NOT NULL,
  last_entry   INTEGER NOT NULL,
  entries      INTEGER NOT NULL,
  timers       INTEGER NOT NULL,
  send_results INTEGER NOT NULL
);

CREATE TABLE dead_letter (
  id        INTEGER PRIMARY KEY,
  partition INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  why       TEXT NOT NULL,
  body      BLOB NOT NULL
);

CREATE TABLE alert (
  id      INTEGER PRIMARY KEY,
  journey NOT NULL,
  code    TEXT NOT NULL,
  detail  TEXT NOT NULL,
  at      INTEGER NOT NULL
);

CREATE TABLE document (
  kind     TEXT NOT NULL,
  id       TEXT NOT NULL,
  revision INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  updated  INTEGER NOT NULL,
  json     BLOB NOT NULL,
  PRIMARY KEY (kind, id)
);
