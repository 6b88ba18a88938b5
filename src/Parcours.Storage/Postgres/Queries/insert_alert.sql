-- $1 journey, $2 code, $3 detail, $4 at.
INSERT INTO alert (journey, code, detail, at)
VALUES ($1, $2, $3, $4);
