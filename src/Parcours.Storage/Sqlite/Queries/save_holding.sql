-- What intake knows of a contact whose row is not written with it. ?1 contact, ?2 high, ?3 merged into, ?4 identities.
-- Until the worker has come to a new contact its row has an empty body.
INSERT INTO contact (id, high, body, merged_into, identities)
VALUES (?1, ?2, x'', ?3, ?4)
    ON CONFLICT (id) DO UPDATE
   SET merged_into = excluded.merged_into,
       identities = excluded.identities;
