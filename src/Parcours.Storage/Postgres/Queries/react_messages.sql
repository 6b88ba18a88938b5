-- How often messages were opened and clicked by now, each named once. $1 partitions, $2 numbers, $3 opens, $4 clicks. Primary key.
UPDATE message AS m
   SET opens = u.opens,
       clicks = u.clicks
  FROM unnest($1::smallint[], $2::bigint[], $3::integer[], $4::integer[]) AS u (partition, number, opens, clicks)
 WHERE m.partition = u.partition
   AND m.number = u.number;
