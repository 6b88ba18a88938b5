-- A user (?2) is told something, once.
INSERT INTO notification (id, reader, contact, high, journey, point, body, at, seen, kind, code, arguments)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9, ?10, ?11)
    ON CONFLICT DO NOTHING;
