-- An allocator as it stands now. Primary key.
INSERT INTO allocator (id, partition, waits, state)
VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (id) DO UPDATE
   SET waits = excluded.waits,
       state = excluded.state;
