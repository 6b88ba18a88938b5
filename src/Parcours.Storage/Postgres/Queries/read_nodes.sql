-- Who serves, and has said so within the last minute; with whether its session leads.
SELECT n.id, n.name, n.address, n.version, (extract(epoch FROM n.started) * 1000000)::bigint, (extract(epoch FROM n.seen) * 1000000)::bigint, n.owned,
       EXISTS (SELECT
                 FROM pg_locks AS l
                WHERE l.pid = n.backend
                  AND l.locktype = 'advisory'
                  AND l.classid = 1346458179
                  AND l.objid = 64
                  AND l.granted
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
  FROM node AS n
 WHERE n.seen > clock_timestamp() - interval '1 minute'
 ORDER BY n.name, n.started;
