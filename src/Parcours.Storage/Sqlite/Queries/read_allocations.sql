-- What stands so (?2) of an allocator (?1), by number after ?3. Index allocation_status.
SELECT allocator, number, status, ask, contact, high, enrolment, at, value, expires, kept_until
  FROM allocation
 WHERE allocator = ?1
   AND status = ?2
   AND number > ?3
 ORDER BY number
 LIMIT ?4;
