-- Owns a partition ($1) for as long as this session lives, or says that somebody else does. The first number is ours among the locks of a database: "PARC".
SELECT pg_try_advisory_lock(1346458179, $1);
