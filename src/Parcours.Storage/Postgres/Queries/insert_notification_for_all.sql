-- Everybody who can sign in at this moment is told something, once: $1 id, $2 kind of the documents whose ids are the users' addresses, $3 to $11 the rest.
INSERT INTO notification (id, reader, contact, high, journey, point, body, at, seen, kind, code, arguments)
SELECT $1::uuid, id, $3::bigint, $4::bigint, $5::text, $6::text, $7::text, $8::bigint, NULL, $9::smallint, $10::text, $11::text
  FROM document
 WHERE kind = $2
    ON CONFLICT DO NOTHING;
