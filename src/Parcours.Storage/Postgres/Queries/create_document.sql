-- Nothing, where there is one already. $1 kind, $2 id, $3 now, $4 json.
INSERT INTO document (kind, id, revision, created, updated, json)
VALUES ($1, $2, 1, $3, $3, $4)
    ON CONFLICT DO NOTHING
RETURNING id, revision, created, updated;
