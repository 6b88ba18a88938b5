-- The one row of numbers. ?1 body.
INSERT INTO state (id, body)
VALUES (0, ?1)
    ON CONFLICT (id) DO UPDATE
   SET body = excluded.body;
