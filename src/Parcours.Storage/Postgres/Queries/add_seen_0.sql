-- New message ids ($1), sorted, with 24 bits of what was said under them ($2). Fewer rows than ids: somebody else took one meanwhile.
INSERT INTO seen_0 (id, body)
SELECT *
  FROM unnest($1::uuid[], $2::integer[])
    ON CONFLICT DO NOTHING;
