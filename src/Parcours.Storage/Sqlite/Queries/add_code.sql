-- A code that nobody has yet, unless the pool has it already. Index allocation_code.
INSERT INTO allocation (allocator, number, partition, status, at, value)
VALUES (?1, ?2, ?3, 0, ?4, ?5)
    ON CONFLICT DO NOTHING;
