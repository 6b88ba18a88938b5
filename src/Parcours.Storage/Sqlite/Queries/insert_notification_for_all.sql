-- Everybody who can sign in at this moment is told something, once: ?1 id, ?2 kind of the documents whose ids are the users' addresses, ?3 to ?11 the rest.
INSERT INTO notification (id, reader, contact, high, journey, point, body, at, seen, kind, code, arguments)
SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9, ?10, ?11
  FROM document
 WHERE kind = ?2
    ON CONFLICT DO NOTHING;
