-- ?1 address, ?2 channel, ?3 reason, ?4 at.
INSERT INTO suppression (address, channel, reason, at)
VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (address, channel) DO UPDATE
   SET reason = excluded.reason,
       at = excluded.at;
