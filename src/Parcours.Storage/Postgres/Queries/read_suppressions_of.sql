-- What stands against an address ($1). Primary key.
SELECT address, channel, plain, reason, ordered_by, at
  FROM suppression
 WHERE address = $1
 ORDER BY channel;
