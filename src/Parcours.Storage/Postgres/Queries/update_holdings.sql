-- Contacts whose identities changed, if nobody else changed them meanwhile. $1 partitions, $2 numbers, $3 revisions seen, $4 merged into, $5 identities.
UPDATE holding AS h
   SET revision = h.revision + 1,
       merged_into = n.merged_into,
       identities = n.identities
  FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::uuid[], $5::bytea[]) AS n (partition, contact, revision, merged_into, identities)
 WHERE h.partition = n.partition
   AND h.contact = n.contact
   AND h.revision = n.revision;
