-- What these allocators ($1 to $2) gave out, in all partitions. Primary key.
DELETE FROM allocation
 WHERE partition = ANY ($3)
   AND allocator BETWEEN $1 AND $2;
