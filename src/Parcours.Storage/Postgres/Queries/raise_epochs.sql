-- Whoever commits as of an earlier epoch is refused from now on (Semantics 15.2).
UPDATE owner
   SET epoch = epoch + 1;
