-- Who has these identities, by their hashes ($1). Primary key. The value is compared by the caller.
SELECT hash, kind, value, contact, high
  FROM identity
 WHERE hash = ANY ($1);
