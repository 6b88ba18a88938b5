-- Counters of a kind ($1) and a journey ($2), NULL: of all; summed over partitions. Few enough to be read whole.
SELECT kind, journey, version, point, edge, sum(value)::bigint
  FROM counter
 WHERE ($1::smallint IS NULL OR kind = $1)
   AND ($2::text IS NULL OR journey = $2)
 GROUP BY kind, journey, version, point, edge;
