-- $1 partition, $2 contact, $3 channel, $4 topic, $5 reason, $6 at.
INSERT INTO opt_out (partition, contact, channel, topic, reason, at)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (partition, contact, channel, topic) DO UPDATE
   SET reason = excluded.reason,
       at = excluded.at;
