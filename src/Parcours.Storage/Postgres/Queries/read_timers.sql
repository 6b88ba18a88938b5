-- Who is due in one queue of a journey, in some partitions ($1): journey $2, queue $3, up to $4, after ($5 due, $6 contact, $7 number), $8 at most. Index enrolment_due, a descent a partition.
SELECT e.*
  FROM unnest($1::smallint[]) AS p (partition)
 CROSS JOIN LATERAL (SELECT contact, high, number, id, due
                       FROM enrolment
                      WHERE partition = p.partition
                        AND due IS NOT NULL
                        AND journey = $2
                        AND queue = $3
                        AND due <= $4
                        AND (due, contact, number) > ($5, $6, $7)
                      ORDER BY due, contact, number
                      LIMIT $8) AS e
 ORDER BY e.due, e.contact, e.number
 LIMIT $8;
