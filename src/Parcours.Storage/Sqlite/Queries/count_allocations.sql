-- How many of an allocator's (?1) things stand where. Index allocation_status.
SELECT status, count(*)
  FROM allocation
 WHERE allocator = ?1
 GROUP BY status;
