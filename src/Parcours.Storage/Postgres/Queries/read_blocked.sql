-- Of these questions, by their place from 1, those that are blocked now (Semantics 10.3): $1 partitions, $2 contacts, $3 channels, $4 topics, $5 addresses (NULL: none), $6 whether it is not marketing,
-- which a global unsubscription and an erasure let through. Primary keys.
SELECT q.place
  FROM unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::boolean[]) WITH ORDINALITY AS q (partition, contact, channel, topic, address, transactional, place)
 WHERE EXISTS (SELECT
                 FROM opt_out AS o
                WHERE o.partition = q.partition
                  AND o.contact = q.contact
                  AND o.channel IN (q.channel, '*')
                  AND o.topic IN (q.topic, '*'))
    OR EXISTS (SELECT
                 FROM suppression AS s
                WHERE s.address = q.address
                  AND s.channel IN (q.channel, '*')
                  AND NOT (q.transactional AND s.reason IN ('unsubscribed', 'erased')))
 ORDER BY q.place;
