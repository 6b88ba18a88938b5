-- What these allocators ($1 to $2) gave out, in these partitions ($3); $4 at most. Primary key.
DELETE FROM allocation AS a
 USING (SELECT partition, allocator, number
          FROM allocation
         WHERE partition = ANY ($3)
           AND allocator BETWEEN $1 AND $2
         LIMIT $4) AS f
 WHERE a.partition = f.partition
   AND a.allocator = f.allocator
   AND a.number = f.number;
