-- What an ask (?2) has got of an allocator (?1). Index allocation_ask.
SELECT allocator, number, status, ask, contact, high, enrolment, at, value, expires, kept_until
  FROM allocation
 WHERE allocator = ?1
   AND ask = ?2;
