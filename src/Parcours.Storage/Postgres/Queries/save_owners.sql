-- How far partitions have come, by who owns them: a higher epoch is somebody else's (Semantics 15.2). $1 partitions, $2 epochs, $3 cursors, $4 clocks, $5 sequences, $6 messages.
UPDATE owner AS o
   SET epoch = n.epoch,
       cursor = n.cursor,
       clock = n.clock,
       sequence = n.sequence,
       message = n.message
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) AS n (partition, epoch, cursor, clock, sequence, message)
 WHERE o.partition = n.partition
   AND o.epoch <= n.epoch;
