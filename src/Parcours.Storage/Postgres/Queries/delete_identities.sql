-- Identities that nobody has any more, if they are still whose they were. $1 hashes, $2 former contacts.
DELETE FROM identity AS i
 USING unnest($1::uuid[], $2::bigint[]) AS m (hash, former)
 WHERE i.hash = m.hash
   AND i.contact = m.former;
