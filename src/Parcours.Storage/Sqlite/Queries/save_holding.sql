-- ?1 contact, ?2 high, ?3 merged into, ?4 identities. Stepped in order of contacts: new ones go to the end.
INSERT INTO holding (contact, high, merged_into, identities)
VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (contact) DO UPDATE
   SET merged_into = excluded.merged_into,
       identities = excluded.identities;
