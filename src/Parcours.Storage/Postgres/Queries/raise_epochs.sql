-- Whoever commits work on these partitions ($1) as of an earlier epoch is refused from now on (Semantics 15.2).
UPDATE owner
   SET epoch = epoch + 1
 WHERE partition = ANY ($1);
