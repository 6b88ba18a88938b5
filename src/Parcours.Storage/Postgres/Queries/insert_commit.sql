-- The small row that a commit leaves (Semantics 1.5).
INSERT INTO commit_row (partition, sequence, epoch, clock_before, clock_after, first_entry, last_entry, entries, timers, send_results)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);
