-- Counters of a kind (?1) and a journey (?2); NULL: of all. Few enough to be read whole.
SELECT kind, journey, version, point, edge, value
  FROM counter
 WHERE (?1 IS NULL OR kind = ?1)
   AND (?2 IS NULL OR journey = ?2);
