-- Ends sessions that own partitions and whose node has said nothing for ten seconds: that ends a session, it bypasses no lock (Semantics 15.4).
SELECT pg_terminate_backend(n.backend)
  FROM node AS n
 WHERE n.seen < clock_timestamp() - interval '10 seconds'
   AND EXISTS (SELECT
                 FROM pg_locks AS l
                WHERE l.pid = n.backend
                  AND l.locktype = 'advisory'
                  AND l.classid = 1346458179
                  AND l.granted
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()));
