-- ?1 contact, ?2 channel, ?3 topic, ?4 reason, ?5 at.
INSERT INTO opt_out (contact, channel, topic, reason, at)
VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (contact, channel, topic) DO UPDATE
   SET reason = excluded.reason,
       at = excluded.at;
