-- Which generation of message ids runs; shared, so that the next one begins only between batches (Semantics 5.1).
SELECT number, began
  FROM seen_generation
   FOR SHARE;
