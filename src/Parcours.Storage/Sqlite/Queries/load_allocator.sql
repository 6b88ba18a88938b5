-- One allocator. Primary key.
SELECT id, waits, state
  FROM allocator
 WHERE id = ?1;
