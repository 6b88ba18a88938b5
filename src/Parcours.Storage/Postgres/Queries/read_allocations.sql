-- What stands so ($3) of an allocator ($1 partition, $2 name), by number after $4. Index allocation_status.
SELECT allocator, number, status, ask, contact, high, enrolment, at, value, expires, kept_until
  FROM allocation
 WHERE partition = $1
   AND allocator = $2
   AND status = $3
   AND number > $4
 ORDER BY number
 LIMIT $5;
