-- Identities that pass to another contact, if they are still whose they were. $1 hashes, $2 former contacts, $3 partitions, $4 contacts, $5 high.
UPDATE identity AS i
   SET partition = m.partition,
       contact = m.contact,
       high = m.high
  FROM unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::bigint[], $5::bigint[]) AS m (hash, former, partition, contact, high)
 WHERE i.hash = m.hash
   AND i.contact = m.former;
