-- Owns these partitions ($1) for as long as this session lives, as far as nobody else does: those that it got. The first number is ours among the locks of a database: "PARC"; 64 is the lead.
SELECT p
  FROM unnest($1::integer[]) AS p
 WHERE pg_try_advisory_lock(1346458179, p);
