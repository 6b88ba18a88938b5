-- Contacts of some partitions ($1) inside a journey ($2), by number after $3, $4 at most. Index enrolment_waiting: it is ordered by point, so the first few of each point
-- are brought together; a journey has some hundred points at most, whoever waits there.
SELECT DISTINCT e.contact, e.high
  FROM unnest($1::smallint[]) AS p (partition)
 CROSS JOIN LATERAL (WITH RECURSIVE point (point) AS (
                         (SELECT min(f.point)
                            FROM enrolment AS f
                           WHERE f.partition = p.partition
                             AND f.outcome IS NULL
                             AND f.journey = $2)
                          UNION ALL
                         SELECT (SELECT min(n.point)
                                   FROM enrolment AS n
                                  WHERE n.partition = p.partition
                                    AND n.outcome IS NULL
                                    AND n.journey = $2
                                    AND n.point > l.point)
                           FROM point AS l
                          WHERE l.point IS NOT NULL)
                     SELECT w.contact, w.high
                       FROM point
                      CROSS JOIN LATERAL (SELECT DISTINCT i.contact, i.high
                                            FROM enrolment AS i
                                           WHERE i.partition = p.partition
                                             AND i.outcome IS NULL
                                             AND i.journey = $2
                                             AND i.point = point.point
                                             AND i.contact > $3
                                           ORDER BY i.contact
                                           LIMIT $4) AS w) AS e
 ORDER BY e.contact
 LIMIT $4;
