-- One a contact, journey, reason and day; a further one is dropped.
INSERT OR IGNORE INTO refusal (contact, high, journey, starting_point, reason, day, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
