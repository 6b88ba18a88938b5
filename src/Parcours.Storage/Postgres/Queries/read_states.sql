-- Where partitions stand ($1). Primary keys.
SELECT o.partition, o.cursor, t.sequence, o.clock, o.epoch, o.sequence, o.message
  FROM owner AS o
  JOIN tail AS t
    ON t.partition = o.partition
 WHERE o.partition = ANY ($1)
 ORDER BY o.partition;
