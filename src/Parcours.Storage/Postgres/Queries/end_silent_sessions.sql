-- Ends sessions that own partitions and whose node has said nothing for seven seconds: that ends a session, it bypasses no lock (Semantics 15.4).
-- Seven before what this node ($1) said last: if the database stood still for all, nobody was silent. After the database's clock was set, the odd one out is what is not of its time.
-- A node that has been silent itself, and has just come back, judges nobody before it has said so.
SELECT pg_terminate_backend(n.backend)
  FROM node AS n
 CROSS JOIN (SELECT coalesce((SELECT seen FROM node WHERE id = $1), clock_timestamp()) AS seen) AS me
 WHERE n.id <> $1
   AND me.seen BETWEEN clock_timestamp() - interval '3 seconds' AND clock_timestamp() + interval '3 seconds'
   AND n.seen NOT BETWEEN me.seen - interval '7 seconds' AND me.seen + interval '7 seconds'
   AND EXISTS (SELECT
                 FROM pg_locks AS l
                WHERE l.pid = n.backend
                  AND l.locktype = 'advisory'
                  AND l.classid = 1346458179
                  AND l.granted
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()));
