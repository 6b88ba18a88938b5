-- Something that was handed back. Primary key.
DELETE FROM allocation
 WHERE allocator = ?1
   AND number = ?2;
