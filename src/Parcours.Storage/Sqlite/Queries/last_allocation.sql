-- The highest number of an allocator (?1). Primary key.
SELECT coalesce(max(number), 0)
  FROM allocation
 WHERE allocator = ?1;
