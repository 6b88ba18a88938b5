-- Answers that nobody asks for again, before $1; $2 at most. Index allocation_kept.
DELETE FROM allocation AS a
 USING (SELECT partition, allocator, number
          FROM allocation
         WHERE kept_until < $1
         LIMIT $2) AS t
 WHERE a.partition = t.partition
   AND a.allocator = t.allocator
   AND a.number = t.number;
