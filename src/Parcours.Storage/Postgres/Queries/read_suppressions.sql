-- Suppressed addresses in the order of their hashes, after ($1, $2), $3 of them. Primary key.
SELECT address, channel, plain, reason, ordered_by, at
  FROM suppression
 WHERE (address, channel) > ($1, $2)
 ORDER BY address, channel
 LIMIT $3;
