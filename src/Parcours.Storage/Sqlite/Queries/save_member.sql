-- ?1 kind, ?2 name, ?3 contact, ?4 high, ?5 at.
INSERT INTO member (kind, name, contact, high, at)
VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (kind, name, contact) DO UPDATE
   SET at = excluded.at;
