-- $1 partition, $2 kinds, $3 journeys, $4 versions, $5 points, $6 edges, $7 by; sorted, each named once.
INSERT INTO counter AS c (partition, kind, journey, version, point, edge, value)
SELECT $1, *
  FROM unnest($2::smallint[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::bigint[])
    ON CONFLICT (partition, kind, journey, version, point, edge) DO UPDATE
   SET value = c.value + excluded.value;
