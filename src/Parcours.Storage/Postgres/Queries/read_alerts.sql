-- Newest first; $1 limit. Primary key.
SELECT journey, code, detail, at, arguments
  FROM alert
 ORDER BY number DESC
 LIMIT $1;
