-- The one row of numbers: what it holds says StoreState.
SELECT body
  FROM state;
