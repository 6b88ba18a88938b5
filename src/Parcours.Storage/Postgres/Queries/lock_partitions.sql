-- As try_lock_partition, of all from $1 to $2, but waits.
SELECT pg_advisory_lock(1346458179, p)
  FROM generate_series($1::integer, $2::integer) AS p;
