-- What doctor looks at. $1 messages counted at most. Indexes: primary key of dead_letter, message_pending, primary key of counter. 6: MessageSettled.
-- The least waiting time is asked for a partition at a time: over all of them no index is in its order.
SELECT (SELECT count(*) FROM dead_letter),
       (SELECT at FROM dead_letter ORDER BY number DESC LIMIT 1),
       (SELECT count(*) FROM (SELECT 1 FROM message WHERE status = 0 AND claimed IS NULL LIMIT $1) AS waiting),
       (SELECT min(first.not_before)
          FROM generate_series(0, 63) AS p,
               LATERAL (SELECT not_before FROM message WHERE partition = p AND status = 0 AND claimed IS NULL ORDER BY not_before LIMIT 1) AS first),
       (SELECT coalesce(sum(value), 0)::bigint FROM counter WHERE kind = 6 AND edge = 'in-doubt'),
       (SELECT nullif(min(clock), 0) FROM owner);
