-- Whatever is there. $1 kind, $2 id, $3 now, $4 json.
INSERT INTO document AS d (kind, id, revision, created, updated, json)
VALUES ($1, $2, 1, $3, $3, $4)
    ON CONFLICT (kind, id) DO UPDATE
   SET revision = d.revision + 1,
       updated = excluded.updated,
       json = excluded.json
RETURNING id, revision, created, updated;
