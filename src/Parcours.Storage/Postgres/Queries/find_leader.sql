-- The node whose session leads.
SELECT n.id, n.name, n.address
  FROM pg_locks AS l
  JOIN node AS n
    ON n.backend = l.pid
 WHERE l.locktype = 'advisory'
   AND l.classid = 1346458179
   AND l.objid = 64
   AND l.granted
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
 ORDER BY n.seen DESC
 LIMIT 1;
