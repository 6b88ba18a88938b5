-- A new contact, or one whose flip timer moved. ?1 number, ?2 high, ?3 flip, ?4 body, ?5 merged into, ?6 identities (NULL: as they were).
INSERT INTO contact (id, high, flip_at, body, merged_into, identities)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (id) DO UPDATE
   SET flip_at = excluded.flip_at,
       body = excluded.body,
       merged_into = coalesce(excluded.merged_into, merged_into),
       identities = coalesce(excluded.identities, identities);
