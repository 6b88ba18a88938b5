-- One line of a contact's timeline. ?1 contact, ?2 sequence, ?3 at, ?4 body.
INSERT INTO timeline (contact, sequence, at, body)
VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (contact, sequence) DO UPDATE
   SET at = excluded.at,
       body = excluded.body;
