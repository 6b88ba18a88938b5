-- What intake knows of contacts: of those who have these identities ($1 hashes), and of those named ($2 partitions, $3 numbers). Primary keys.
SELECT h.contact, h.high, h.revision, h.merged_into, h.identities
  FROM (SELECT partition, contact
          FROM identity
         WHERE hash = ANY ($1)
         UNION
        SELECT *
          FROM unnest($2::smallint[], $3::bigint[])) AS wanted (partition, contact)
  JOIN holding AS h
    ON h.partition = wanted.partition
   AND h.contact = wanted.contact;
