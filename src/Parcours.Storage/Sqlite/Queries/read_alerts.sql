-- Newest first; ?1 limit.
SELECT journey, code, detail, at, arguments
  FROM alert
 ORDER BY id DESC
 LIMIT ?1;
