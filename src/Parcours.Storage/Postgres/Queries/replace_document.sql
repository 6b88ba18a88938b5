-- Nothing, where the revision is another one ($5). $1 kind, $2 id, $3 now, $4 json.
UPDATE document
   SET revision = revision + 1,
       updated = $3,
       json = $4
 WHERE kind = $1
   AND id = $2
   AND revision = $5
RETURNING id, revision, created, updated;
