-- Who takes part in the work: has said so within ten seconds, and its session lives.
SELECT n.id
  FROM node AS n
 WHERE n.seen > clock_timestamp() - interval '10 seconds'
   AND EXISTS (SELECT
                 FROM pg_stat_activity AS a
                WHERE a.pid = n.backend);
