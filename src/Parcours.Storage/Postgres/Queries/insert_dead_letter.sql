-- An entry that could not be read (Semantics 3.8).
INSERT INTO dead_letter (partition, sequence, at, why, body)
VALUES ($1, $2, $3, $4, $5);
