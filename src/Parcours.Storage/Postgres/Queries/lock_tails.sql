-- The ends of these partitions' journals ($1), locked in ascending order until the commit (Semantics 15.5). Primary key.
SELECT partition, sequence, received
  FROM tail
 WHERE partition = ANY ($1)
 ORDER BY partition
   FOR UPDATE;
