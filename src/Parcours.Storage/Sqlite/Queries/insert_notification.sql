-- A user (?2) is told something, once.
INSERT INTO notification (id, reader, contact, high, journey, point, body, at, seen)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)
    ON CONFLICT DO NOTHING;
