-- The small row that a commit leaves (Semantics 1.5).
INSERT INTO commit_row (sequence, clock_before, clock_after, first_entry, last_entry, entries, timers, send_results)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (sequence) DO UPDATE
   SET clock_after = excluded.clock_after,
       last_entry = excluded.last_entry,
       entries = excluded.entries,
       timers = excluded.timers,
       send_results = excluded.send_results;
