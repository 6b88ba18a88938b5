-- The least clock of all partitions (Semantics 7.9).
SELECT min(clock)
  FROM owner;
