-- Partitions that some session owns, and 64 where one leads.
SELECT l.objid::integer
  FROM pg_locks AS l
 WHERE l.locktype = 'advisory'
   AND l.classid = 1346458179
   AND l.granted
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
