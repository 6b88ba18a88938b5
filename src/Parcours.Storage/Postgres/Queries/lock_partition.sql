-- As try_lock_partition, but waits.
SELECT pg_advisory_lock(1346458179, $1);
