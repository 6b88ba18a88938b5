-- Wakes the owners of partitions in which something waits: $1 has a bit for each.
SELECT pg_notify('parcours', $1);
