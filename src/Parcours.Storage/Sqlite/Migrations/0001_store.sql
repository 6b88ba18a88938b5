-- How far each gathered index is merged into its table: its log rows up to this number are nobody's.
CREATE TABLE watermark (
  name   TEXT PRIMARY KEY,
  merged INTEGER NOT NULL
) WITHOUT ROWID;

-- Identities (Semantics 4.1), by the hash of kind and value; a row lists all holders of that hash. Written in sorted slices only.
CREATE TABLE identity (
  hash    INTEGER PRIMARY KEY,
  holders BLOB NOT NULL
);

CREATE TABLE identity_log (
  number  INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
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
