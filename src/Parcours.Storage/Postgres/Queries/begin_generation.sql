-- $1 number, $2 when it began.
UPDATE seen_generation
   SET number = $1,
       began = $2;
