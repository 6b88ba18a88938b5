-- Relays in the order in which they were made. Primary key; the table is empty but for moments.
SELECT id, sender, contact, high, kind, origin, occurred, name, body
  FROM relay
 ORDER BY id;
