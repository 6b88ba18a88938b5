-- The next $1 numbers of contacts: given out once, whatever becomes of the transaction.
SELECT nextval('contact_number')
  FROM generate_series(1, $1);
