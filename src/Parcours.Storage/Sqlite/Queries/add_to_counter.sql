-- ?1 kind, ?2 journey, ?3 version, ?4 point, ?5 edge, ?6 by.
INSERT INTO counter (kind, journey, version, point, edge, value)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (kind, journey, version, point, edge) DO UPDATE
   SET value = value + excluded.value;
