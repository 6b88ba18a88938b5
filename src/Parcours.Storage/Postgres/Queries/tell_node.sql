-- This node serves: $1 id, $2 name, $3 address, $4 version, $5 process of the connection that commits, $6 what it owns.
INSERT INTO node AS n (id, name, address, version, started, seen, backend, leaving, owned)
VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp(), $5, false, $6)
    ON CONFLICT (id) DO UPDATE
   SET seen = excluded.seen,
       backend = excluded.backend,
       owned = excluded.owned;
