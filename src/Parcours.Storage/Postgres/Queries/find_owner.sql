-- The node whose session owns the first partition.
SELECT n.name || ' (' || n.address || ')'
  FROM pg_locks AS l
  JOIN node AS n
    ON n.backend = l.pid
 WHERE l.locktype = 'advisory'
   AND l.classid = 1346458179
   AND l.objid = 0
   AND l.granted
 ORDER BY n.seen DESC
 LIMIT 1;
