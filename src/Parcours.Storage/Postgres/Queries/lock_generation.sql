-- Which generation of message ids runs; locked against all who append.
SELECT number, began
  FROM seen_generation
   FOR UPDATE;
