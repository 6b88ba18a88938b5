-- How many of an allocator's ($1 partition, $2 name) things stand where. Index allocation_status.
SELECT status, count(*)
  FROM allocation
 WHERE partition = $1
   AND allocator = $2
 GROUP BY status;
