-- Allocators (Semantics 9.2): what each knows, and what it gives out. A code stands once in its pool ("3:" begins the names of pools).
CREATE TABLE allocator (
  id        TEXT NOT NULL PRIMARY KEY,
  partition INTEGER NOT NULL,
  waits     INTEGER NOT NULL,
  state     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX allocator_waits ON allocator (id) WHERE waits = 1;

CREATE TABLE allocation (
  allocator  TEXT NOT NULL,
  number     INTEGER NOT NULL,
  partition  INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  ask        BLOB,
  contact    INTEGER,
  high       INTEGER,
  enrolment  BLOB,
  at         INTEGER NOT NULL,
  value      TEXT,
  expires    INTEGER,
  kept_until INTEGER,
  PRIMARY KEY (allocator, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX allocation_ask ON allocation (allocator, ask) WHERE ask IS NOT NULL;
CREATE UNIQUE INDEX allocation_code ON allocation (allocator, value) WHERE allocator >= '3:' AND allocator < '4' AND value IS NOT NULL;
CREATE INDEX allocation_status ON allocation (allocator, status, number);
CREATE INDEX allocation_kept ON allocation (kept_until) WHERE kept_until IS NOT NULL;
