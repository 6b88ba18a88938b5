-- $1 address, $2 channel, $3 reason, $4 at, $5 the address itself, $6 ordered by.
-- An unsubscription, as an erasure, stops less than a bounce, a complaint or an order, so it never takes their place.
INSERT INTO suppression AS s (address, channel, reason, at, plain, ordered_by)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (address, channel) DO UPDATE
   SET reason = excluded.reason,
       at = excluded.at,
       plain = coalesce(excluded.plain, s.plain),
       ordered_by = excluded.ordered_by
 WHERE excluded.reason NOT IN ('unsubscribed', 'erased');
