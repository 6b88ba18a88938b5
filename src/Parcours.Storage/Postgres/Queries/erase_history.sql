-- What the timeline of an erased contact ($1 partition, $2 number) says and names, oldest first; $3 at most. Primary keys.
WITH line AS (
    DELETE FROM timeline
     WHERE partition = $1
       AND contact = $2
       AND sequence IN (SELECT sequence FROM timeline WHERE partition = $1 AND contact = $2 ORDER BY sequence LIMIT $3)
    RETURNING sequence
), gone AS (
    DELETE FROM entry AS e
     USING line
     WHERE e.partition = $1
       AND e.sequence = line.sequence
)
SELECT sequence
  FROM line;
