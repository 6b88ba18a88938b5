-- $1 limit. Primary key.
SELECT name
  FROM event_name
 ORDER BY name
 LIMIT $1;
