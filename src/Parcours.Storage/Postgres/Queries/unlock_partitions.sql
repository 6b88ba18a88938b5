-- Others may own these partitions ($1) from now on.
SELECT pg_advisory_unlock(1346458179, p)
  FROM unnest($1::integer[]) AS p;
