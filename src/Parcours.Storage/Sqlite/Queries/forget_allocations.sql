-- What these allocators (?1 to ?2) gave out; ?3 at most. Primary key.
DELETE FROM allocation
 WHERE (allocator, number) IN (SELECT allocator, number
                                 FROM allocation
                                WHERE allocator BETWEEN ?1 AND ?2
                                LIMIT ?3);
