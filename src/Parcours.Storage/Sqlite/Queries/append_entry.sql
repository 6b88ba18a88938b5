-- One entry of the journal; the sequence rises, so it goes to the end of the table.
INSERT INTO entry (sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
