-- An effect on a contact of another partition, until it is in that journal.
INSERT INTO relay (sender, contact, high, kind, origin, occurred, name, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
