-- What the first body under a message id was like (Semantics 5.1): 24 bits of its fingerprint. NULL or 0: not known, as for what was seen before this migration.
ALTER TABLE seen_0 ADD COLUMN body INTEGER;
ALTER TABLE seen_1 ADD COLUMN body INTEGER;
