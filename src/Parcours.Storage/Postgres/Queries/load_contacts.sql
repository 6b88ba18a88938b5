-- Contacts by partition ($1) and number ($2). Primary key. The caller compares the whole id: a number alone proves nothing.
SELECT c.id, c.high, c.body
  FROM unnest($1::smallint[], $2::bigint[]) AS w (partition, id)
  JOIN contact AS c
    ON c.partition = w.partition
   AND c.id = w.id;
