-- Documents of a kind ($1) by id: after $2, from $3 on, $4 at most. Primary key.
SELECT id, revision, created, updated, json
  FROM document
 WHERE kind = $1
   AND id > $2
   AND id >= $3
 ORDER BY id
 LIMIT $4;
