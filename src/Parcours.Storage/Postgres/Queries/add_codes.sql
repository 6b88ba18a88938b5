-- Codes ($3) that nobody has yet, but for those that the pool ($1 partition, $2 name) has already; refusals stand below zero; $4 now. Index allocation_code.
INSERT INTO allocation (partition, allocator, number, status, at, value)
SELECT $1, $2, (SELECT greatest(coalesce(max(number), 0), 0) FROM allocation WHERE partition = $1 AND allocator = $2) + c.place, 0, $4, c.code
  FROM unnest($3::text[]) WITH ORDINALITY AS c (code, place)
 ORDER BY c.place
    ON CONFLICT DO NOTHING
RETURNING value;
