-- New message ids ($1), sorted, with 24 bits of what was said under them ($2). One that somebody else took meanwhile fails it.
INSERT INTO seen_0 (id, body)
SELECT *
  FROM unnest($1::uuid[], $2::integer[]);
