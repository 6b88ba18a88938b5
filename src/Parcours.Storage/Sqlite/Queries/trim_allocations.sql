-- Answers that nobody asks for again, before ?1; ?2 at most. Index allocation_kept.
DELETE FROM allocation
 WHERE (allocator, number) IN (SELECT allocator, number
                                 FROM allocation
                                WHERE kept_until < ?1
                                LIMIT ?2);
