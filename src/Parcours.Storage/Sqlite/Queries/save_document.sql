-- ?1 kind, ?2 id, ?3 revision, ?4 created, ?5 updated, ?6 json.
INSERT INTO document (kind, id, revision, created, updated, json)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (kind, id) DO UPDATE
   SET revision = excluded.revision,
       updated = excluded.updated,
       json = excluded.json;
