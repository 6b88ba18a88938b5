-- Of each user the newest $2 stay, and none from before $1; $3 rows at once.
DELETE FROM notification
 WHERE (reader, id) IN (SELECT reader, id
                          FROM (SELECT reader, id, at, row_number() OVER (PARTITION BY reader ORDER BY at DESC, id DESC) AS place
                                  FROM notification) AS placed
                         WHERE place > $2
                            OR at < $1
                         LIMIT $3);
