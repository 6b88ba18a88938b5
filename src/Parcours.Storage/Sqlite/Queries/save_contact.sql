-- A new contact, or one whose flip timer moved. ?1 number, ?2 high, ?3 flip, ?4 body.
INSERT INTO contact (id, high, flip_at, body)
VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (id) DO UPDATE
   SET flip_at = excluded.flip_at,
       body = excluded.body;
