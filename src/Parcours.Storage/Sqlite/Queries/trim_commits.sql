-- The oldest commit rows up to ?1, ?2 at most.
DELETE FROM commit_row
 WHERE sequence IN (SELECT sequence
                      FROM commit_row
                     WHERE sequence <= ?1
                     ORDER BY sequence
                     LIMIT ?2);
