-- What these allocators (?1 to ?2) gave out. Primary key.
DELETE FROM allocation
 WHERE allocator BETWEEN ?1 AND ?2;
