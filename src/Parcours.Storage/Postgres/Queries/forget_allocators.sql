-- These allocators ($1 to $2), in these partitions ($3). Primary key.
DELETE FROM allocator
 WHERE partition = ANY ($3)
   AND id BETWEEN $1 AND $2;
