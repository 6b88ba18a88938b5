-- ?1 journey, ?2 code, ?3 detail, ?4 at, ?5 arguments.
INSERT INTO alert (journey, code, detail, at, arguments)
VALUES (?1, ?2, ?3, ?4, ?5);
