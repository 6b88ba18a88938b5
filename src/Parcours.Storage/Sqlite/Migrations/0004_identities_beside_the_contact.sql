-- What intake knows of a contact lies in the contact's own row: a new contact is one row, not two.
-- A row that intake made and the worker has not come to yet has an empty body, and is nobody for whoever reads contacts.
ALTER TABLE contact ADD COLUMN merged_into BLOB;
ALTER TABLE contact ADD COLUMN identities BLOB;

INSERT INTO contact (id, high, body, merged_into, identities)
SELECT contact, high, x'', merged_into, identities
  FROM holding
 WHERE true
 ORDER BY contact
    ON CONFLICT (id) DO UPDATE
   SET merged_into = excluded.merged_into,
       identities = excluded.identities;

DROP TABLE holding;
