-- Allocators of these partitions ($1) for whom somebody waits. Index allocator_waits: few.
SELECT id, waits, state
  FROM allocator
 WHERE waits = 1
   AND partition = ANY ($1)
 ORDER BY id;
