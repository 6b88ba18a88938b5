-- Allocators of these partitions ($1) by their names ($2). Primary key.
SELECT a.id, a.waits, a.state
  FROM unnest($1::smallint[], $2::text[]) AS n (partition, id)
  JOIN allocator AS a ON a.partition = n.partition AND a.id = n.id;
