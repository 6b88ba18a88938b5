-- $1 partitions, $2 sequences, $3 times of receipt: rows that lock_tails holds.
UPDATE tail AS t
   SET sequence = n.sequence,
       received = n.received
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS n (partition, sequence, received)
 WHERE t.partition = n.partition;
