-- Allocators (Semantics 9.2): what each knows, and what it gives out. A code stands once in its pool ("3:" begins the names of pools).
CREATE TABLE allocator (
  partition smallint NOT NULL,
  id        text COLLATE "C" NOT NULL,
  waits     smallint NOT NULL,
  state     bytea NOT NULL,
  PRIMARY KEY (partition, id)
);
CREATE INDEX allocator_waits ON allocator (partition) WHERE waits = 1;

CREATE TABLE allocation (
  partition  smallint NOT NULL,
  allocator  text COLLATE "C" NOT NULL,
  number     bigint NOT NULL,
  status     smallint NOT NULL,
  ask        uuid,
  contact    bigint,
  high       bigint,
  enrolment  uuid,
  at         bigint NOT NULL,
  value      text COLLATE "C",
  expires    bigint,
  kept_until bigint,
  PRIMARY KEY (partition, allocator, number)
);
CREATE UNIQUE INDEX allocation_ask ON allocation (partition, allocator, ask) WHERE ask IS NOT NULL;
CREATE UNIQUE INDEX allocation_code ON allocation (partition, allocator, value) WHERE allocator >= '3:' AND allocator < '4' AND value IS NOT NULL;
CREATE INDEX allocation_status ON allocation (partition, allocator, status, number);
CREATE INDEX allocation_kept ON allocation (kept_until) WHERE kept_until IS NOT NULL;
