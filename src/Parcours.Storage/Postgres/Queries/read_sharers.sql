-- Who takes part in the work: has said so within seven seconds (Semantics 15.4), and its session lives.
SELECT n.id
  FROM node AS n
 WHERE n.seen > clock_timestamp() - interval '7 seconds'
   AND EXISTS (SELECT
                 FROM pg_stat_activity AS a
                WHERE a.pid = n.backend);
