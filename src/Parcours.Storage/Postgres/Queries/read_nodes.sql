-- Who serves, and who has said so within the last minute.
SELECT id, name, address, version, (extract(epoch FROM started) * 1000000)::bigint, (extract(epoch FROM seen) * 1000000)::bigint, owned
  FROM node
 WHERE seen > clock_timestamp() - interval '1 minute'
 ORDER BY name, started;
