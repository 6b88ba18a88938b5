-- Who is due in one queue of a journey, up to ?3, after (?4 due, ?5 contact, ?6 number). Index enrolment_due; id and high are in the row, which is touched next anyway.
SELECT contact, high, number, id, due
  FROM enrolment
 WHERE due IS NOT NULL
   AND journey = ?1
   AND queue = ?2
   AND due <= ?3
   AND (due, contact, number) > (?4, ?5, ?6)
 ORDER BY due, contact, number;
