-- Allocators for whom somebody waits. Index allocator_waits: few.
SELECT id, waits, state, partition
  FROM allocator
 WHERE waits = 1
 ORDER BY id;
