-- What the timelines of some contacts ($1 partitions, $2 numbers) say up to a sequence each ($3). Primary key: one range a contact.
DELETE FROM timeline AS t
 USING unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS g (partition, contact, sequence)
 WHERE t.partition = g.partition
   AND t.contact = g.contact
   AND t.sequence <= g.sequence;
