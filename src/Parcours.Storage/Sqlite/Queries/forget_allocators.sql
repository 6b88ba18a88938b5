-- These allocators (?1 to ?2). Primary key.
DELETE FROM allocator
 WHERE id BETWEEN ?1 AND ?2;
