-- What these asks ($3) have got of their allocators ($1 partitions, $2 names). Index allocation_ask.
SELECT a.allocator, a.number, a.status, a.ask, a.contact, a.high, a.enrolment, a.at, a.value, a.expires, a.kept_until
  FROM unnest($1::smallint[], $2::text[], $3::uuid[]) AS n (partition, allocator, ask)
  JOIN allocation AS a ON a.partition = n.partition AND a.allocator = n.allocator AND a.ask = n.ask;
